import type { Palette } from '../../terminal/palette.ts';
import { table } from '../../terminal/table.ts';

/** How a table of objects is shown. */
export interface TableOptions {
  /** With the columns of `-o wide`. */
  readonly wide: boolean;
  /** With a first column that names the namespace. */
  readonly namespaces: boolean;
  readonly now: Date;
  readonly colours: Palette;
}

/** One column: always shown, or only with the option that it names. */
export interface Column<T> {
  readonly title: string;
  readonly shown?: 'wide' | 'namespaces';
  readonly cell: (item: T, options: TableOptions) => string;
}

/** A row for each item, a cell for each column that the options ask for. */
export function columnTable<T>(columns: readonly Column<T>[], items: readonly T[], options: TableOptions): string[] {
  const shown = columns.filter((column) => column.shown === undefined || options[column.shown]);
  return table(
    shown.map(({ title }) => title),
    items.map((item) => shown.map(({ cell }) => cell(item, options))),
  );
}

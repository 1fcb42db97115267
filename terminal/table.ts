import { stripVTControlCharacters } from 'node:util';

/**
 * Aligned columns, two or more spaces apart, no trailing blanks: easy on the eye and on `awk`.
 * Cells may carry colour; an empty cell is shown as `-`, so that columns can be counted.
 */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const cells = [header, ...rows.map((row) => row.map((cell) => (cell === '' ? '-' : oneLine(cell))))];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => shownWidth(row[column] ?? ''))));
  return cells.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : pad(cell, (widths[column] ?? 0) + 3)))
      .join('')
      .trimEnd(),
  );
}

/** Text without its colour is as wide as it has characters; names of Kubernetes objects are ASCII. */
const shownWidth = (text: string): number => stripVTControlCharacters(text).length;

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - shownWidth(text)));

const oneLine = (text: string): string => text.replaceAll(/\s*[\r\n]+\s*/g, ' ');

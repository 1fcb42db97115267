import type { PodDefaultsStatus } from '../../api/sparkapplication-status.ts';
import type { Explanation } from '../defaults/explanation.ts';
import { table } from '../../terminal/table.ts';

/** What is known; `undefined` where it may not be read. */
export interface DefaultsReport {
  readonly application: string;
  readonly operatorNamespace: string;
  /** What the current attempt got. */
  readonly current: readonly PodDefaultsStatus[];
  /** Unset: a right is missing, so only `current` is known. */
  readonly next?: Explanation | undefined;
}

/** The page of `sparkctl explain-defaults`. */
export function defaultsReport({ application, operatorNamespace, current, next }: DefaultsReport): readonly string[] {
  return [
    `Application:         ${application}`,
    `Operator namespace:  ${operatorNamespace}`,
    '',
    'The current attempt got:',
    ...indented(current.length === 0 ? ['nothing'] : currentTable(current)),
    ...(next === undefined ? [] : ['', 'A new attempt would get:', ...indented(nextLines(next))]),
  ];
}

const currentTable = (current: readonly PodDefaultsStatus[]): readonly string[] =>
  table(
    ['DEFAULTS', 'GENERATION', 'FILLED IN', 'GAVE WAY'],
    current.map(({ name, generation, applied, overridden = [] }) => [
      name,
      String(generation ?? ''),
      String(applied),
      overridden.join('; '),
    ]),
  );

function nextLines({ entries, passedOver, notes }: Explanation): readonly string[] {
  const rows = entries.map((entry) => [
    entry.for,
    entry.entry,
    entry.value,
    entry.from,
    entry.overriddenBy === undefined ? 'filled in' : `gives way: ${entry.overriddenBy} sets it`,
  ]);
  return [
    ...(rows.length === 0 ? ['nothing'] : table(['FOR', 'WHAT', 'VALUE', 'FROM', 'RESULT'], rows)),
    ...passedOver.map(({ name, reason }) => `(not from ${name}: ${reason})`),
    ...notes.map((note) => `(${note})`),
  ];
}

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

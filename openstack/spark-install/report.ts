import { table } from '../../terminal/table.ts';
import type { HistoryAddress } from './history-address.ts';

/** One line of a report: what was looked at, and what became of it. */
export interface StepReport {
  readonly step: string;
  /** `created`, `updated`, `unchanged`, `ready`, `deleted`, `absent`, `kept`, `skipped`. */
  readonly result: string;
  readonly detail: string;
}

/** The result of a command, as `-o json` prints it. */
export interface SparkReport {
  readonly namespace: string;
  readonly release: string;
  readonly steps: readonly StepReport[];
  /** Deployments whose pods were replaced. */
  readonly rolled: readonly string[];
  readonly history: HistoryAddress | undefined;
}

/** The report for people. */
export function reportLines({ steps, history }: SparkReport): readonly string[] {
  const rows = steps.map(({ step, result, detail }) => [step, result, detail]);
  return [
    ...table(['STEP', 'RESULT', 'DETAIL'], rows),
    ...(history === undefined ? [] : ['', ...historyLines(history)]),
  ];
}

/** How the history server is opened. */
export const historyLines = ({ url, how }: HistoryAddress): readonly string[] =>
  url === undefined ? [`History server: ${how}`] : [`History server: ${url}${how === '' ? '' : ` (${how})`}`];

import type { SparkApplicationStatus } from '../../api/sparkapplication-status.ts';
import { dropConditions } from './conditions.ts';
import { mergeDiff } from './merge-diff.ts';
import { without } from './without.ts';

/** Executors come in crowds: changes within this time go out as one write. */
const SMALL_WINDOW_MS = 1_000;

/** The same for an application with more executors than `MANY`. */
const LARGE_WINDOW_MS = 5_000;
const MANY = 100;

/** Milliseconds for which changes of executors alone are collected before they are written. */
export function executorWindowMs({ executors }: SparkApplicationStatus): number {
  if (executors === undefined) return SMALL_WINDOW_MS;
  const { pending, running, succeeded, failed } = executors;
  return pending + running + succeeded + failed > MANY ? LARGE_WINDOW_MS : SMALL_WINDOW_MS;
}

/** Whether executors differ and nothing else does: such a change can wait for the next one. */
export function executorsAloneDiffer(before: SparkApplicationStatus, after: SparkApplicationStatus): boolean {
  return differ(before, after) && !differ(withoutExecutors(before), withoutExecutors(after));
}

const differ = (before: SparkApplicationStatus, after: SparkApplicationStatus): boolean =>
  mergeDiff(before, after) !== undefined;

function withoutExecutors(status: SparkApplicationStatus): SparkApplicationStatus {
  const rest = without(status, 'executors', 'executorState');
  return dropConditions(rest, 'ExecutorsReady', 'WaitingForCapacity');
}

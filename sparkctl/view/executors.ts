import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { ExecutorCounts } from '../../api/sparkapplication-status.ts';
import type { ExecutorState } from '../../api/states.ts';

/**
 * How many executors there are: the operator's own count, else (an application that another operator ran)
 * counted from the state of each executor.
 */
export function executorCounts({ spec, status }: Pick<SparkApplication, 'spec' | 'status'>): ExecutorCounts {
  if (status?.executors !== undefined) return status.executors;
  const states = Object.values(status?.executorState ?? {});
  const count = (wanted: ExecutorState): number => states.filter((state) => state === wanted).length;
  return {
    desired: spec.executor?.instances ?? states.length,
    pending: count('PENDING'),
    running: count('RUNNING'),
    succeeded: count('COMPLETED'),
    failed: count('FAILED'),
  };
}

/** `2 running, 1 pending of 3`: only what is not zero, so that a finished application reads `2 succeeded of 2`. */
export function executorsSentence(counts: ExecutorCounts): string {
  const parts = (['running', 'pending', 'succeeded', 'failed'] as const)
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${state}`);
  if (parts.length === 0 && counts.desired === 0) return 'none';
  return `${parts.length === 0 ? 'none' : parts.join(', ')} of ${counts.desired}`;
}

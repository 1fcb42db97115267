import type { ExecutorState } from '../../api/states.ts';
import type { ExecutorCounts } from '../../api/sparkapplication-status.ts';
import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import type { PodView } from './pod-view.ts';

/** State of each executor by the name of its pod: `status.executorState`. */
export type ExecutorStates = Readonly<Record<string, ExecutorState>>;

/** How the driver stands while executors are looked at: it tells what the absence of an executor means. */
export type DriverOutcome = 'active' | 'succeeded' | 'failed';

/**
 * The executors of an attempt, from what was known and what pods there are. An executor whose pod is gone is UNKNOWN while
 * the driver runs, COMPLETED when the driver succeeded (Spark removes its executors as it stops) and FAILED when it failed.
 * At most `max` are kept; those that are gone give way first.
 */
export function trackExecutors(
  before: ExecutorStates,
  pods: readonly PodView[],
  outcome: DriverOutcome,
  max: number,
): ExecutorStates {
  const now = new Map<string, ExecutorState>();
  for (const pod of pods) {
    if (now.size < max) now.set(pod.name, settled(stateOf(pod), outcome));
  }
  for (const [name, state] of Object.entries(before)) {
    if (!now.has(name) && now.size < max) now.set(name, settled(isOver(state) ? state : 'UNKNOWN', outcome));
  }
  return Object.fromEntries([...now].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isOver = (state: ExecutorState): boolean => state === 'COMPLETED' || state === 'FAILED';

/** Once the driver has ended no executor of it runs on. */
function settled(state: ExecutorState, outcome: DriverOutcome): ExecutorState {
  if (outcome === 'active' || isOver(state)) return state;
  return outcome === 'succeeded' ? 'COMPLETED' : 'FAILED';
}

/** 128 + SIGTERM: what a JVM ends with that is asked to stop. */
const STOPPED_BY_REQUEST = 143;

function stateOf({ phase, container, deleting }: PodView): ExecutorState {
  if (container?.kind === 'terminated') {
    // A driver deletes the pods of executors that it needs no more: they did their work.
    const wasAsked = deleting && container.exitCode === STOPPED_BY_REQUEST;
    return container.exitCode === 0 || wasAsked ? 'COMPLETED' : 'FAILED';
  }
  switch (phase) {
    case 'Pending':
      return 'PENDING';
    case 'Running':
      return 'RUNNING';
    case 'Succeeded':
      return 'COMPLETED';
    case 'Failed':
      return 'FAILED';
    default:
      return 'UNKNOWN';
  }
}

/** Counts by state. An executor of unknown fate is in none of them. */
export function countExecutors(states: ExecutorStates, desired: number): ExecutorCounts {
  const counts: Record<ExecutorState, number> = { PENDING: 0, RUNNING: 0, COMPLETED: 0, FAILED: 0, UNKNOWN: 0 };
  for (const state of Object.values(states)) counts[state] += 1;
  return {
    desired,
    pending: counts.PENDING,
    running: counts.RUNNING,
    succeeded: counts.COMPLETED,
    failed: counts.FAILED,
  };
}

/** How many executors Spark is asked to start: the initial number with dynamic allocation, else the fixed one (default 1). */
export function desiredExecutors({ dynamicAllocation, executor, sparkConf }: SparkApplicationSpec): number {
  const fixed = executor?.instances ?? numberOf(sparkConf?.['spark.executor.instances']);
  if (dynamicAllocation?.enabled !== true) return fixed ?? 1;
  return Math.max(dynamicAllocation.initialExecutors ?? 0, dynamicAllocation.minExecutors ?? 0, fixed ?? 0);
}

function numberOf(text: string | undefined): number | undefined {
  const value = Number(text);
  return text === undefined || !Number.isInteger(value) || value < 0 ? undefined : value;
}

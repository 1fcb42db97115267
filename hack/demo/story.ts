import type { SparkApplication } from '../../api/sparkapplication.ts';

/** What one look at an application adds to the story that is told. */
export interface Look {
  readonly state: string;
  readonly executors: string;
}

/** The state word (New before the operator has seen the application) and the executors, as one look shows them. */
export function look({ status }: SparkApplication): Look {
  const state = status?.applicationState?.state ?? '';
  const { executors } = status ?? {};
  const seen =
    executors === undefined
      ? ''
      : `executors: ${executors.running} running, ${executors.pending} pending, ${executors.succeeded} done of ${executors.desired}`;
  return { state: state === '' ? 'New' : state, executors: seen };
}

/** The line of a look, `undefined` when nothing is new since the one before. `elapsed` is in milliseconds. */
export function storyLine(before: Look | undefined, now: Look, elapsed: number): string | undefined {
  if (before?.state === now.state && before.executors === now.executors) return undefined;
  const time = `${(elapsed / 1000).toFixed(1)} s`;
  return `${time.padStart(7)}  ${now.state.padEnd(12)} ${now.executors}`.trimEnd();
}

/** What the status says in the end: attempts with their times, conditions with theirs. */
export function statusLines({ status }: SparkApplication): readonly string[] {
  const attempts = (status?.attempts ?? []).map(
    ({ number, startTime, endTime, state, driverPodName }) =>
      `attempt ${number}  ${startTime} → ${endTime ?? '…'}  ${state ?? ''}  driver pod ${driverPodName ?? '?'}`,
  );
  const conditions = (status?.conditions ?? []).map(
    ({ type, status: holds, lastTransitionTime }) => `${lastTransitionTime}  ${type}=${holds}`,
  );
  return [...attempts, ...conditions.sort()];
}

/** The most executors that were there at once, or that are listed by name. */
export function executorCount({ status }: SparkApplication): number {
  const { executors, executorState = {} } = status ?? {};
  const counted =
    executors === undefined ? 0 : executors.pending + executors.running + executors.succeeded + executors.failed;
  return Math.max(counted, Object.keys(executorState).length);
}

/** The value that the program printed, `undefined` when it printed none. */
export function piOf(driverLog: string): string | undefined {
  return /^Pi is (?:roughly )?([\d.]+)/m.exec(driverLog)?.[1];
}

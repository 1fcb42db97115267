import type { SparkApplicationStatus } from '../../../api/sparkapplication-status.ts';
import { conditionOf, dropConditions } from '../conditions.ts';
import { problemOf, type Problem } from '../problem.ts';
import type { Seen } from '../seen.ts';
import { say, setFailed, setState } from '../status.ts';
import { millisOf } from '../time.ts';
import { stateOf, wake, type Next } from './next.ts';
import { nextStartTimeout, startTimeout } from './timeouts.ts';
import { uiServiceIfMissing } from './ui-service.ts';

/** A driver pod that has not started: wait, tell why, and give up on what will not cure itself. */
export function followPending(seen: Seen): Next {
  const timeout = startTimeout(seen);
  if (timeout !== undefined) return timeout;
  if (seen.driver.phase !== 'Pending') return { status: seen.status };
  const { pod } = seen.driver;
  const defaults = seen.status.podDefaults?.map(({ name }) => name) ?? [];
  const problem = problemOf(pod, { spec: seen.app.spec, defaults }, seen.warnings);
  if (problem !== undefined) return stuck(seen, problem);
  const waiting = say(submittedAgain(seen.status), { type: 'DriverReady', status: 'Unknown', reason: 'Pending' }, seen);
  return {
    status: withCapacity(waiting, pod.unschedulable, seen),
    ...uiServiceIfMissing(seen),
    ...wake(nextStartTimeout(seen)),
  };
}

const submittedAgain = (status: SparkApplicationStatus): SparkApplicationStatus =>
  stateOf(status) === 'SUBMITTED' ? status : setState(status, 'SUBMITTED');

/** The problem is told at once; the attempt fails when it has lasted for the grace period, counted from when it was first seen. */
function stuck(seen: Seen, problem: Problem): Next {
  const before = conditionOf(seen.status, 'DriverReady');
  const lasting = before?.status === 'False';
  const firstSeen = (lasting ? millisOf(before.lastTransitionTime) : undefined) ?? seen.now;
  const message = lasting && before.reason === problem.reason ? before.message : problem.message;
  const status = say(seen.status, { type: 'DriverReady', status: 'False', reason: problem.reason, message }, seen);
  const giveUpAt = firstSeen + seen.settings.driverStartGraceMs;
  if (seen.now < giveUpAt) return { status, ...uiServiceIfMissing(seen), ...wake(giveUpAt, nextStartTimeout(seen)) };
  const failed = { state: 'FAILING', reason: problem.reason, errorMessage: message } as const;
  return { status: setFailed(status, failed, seen), isVerdict: true };
}

/** A pod without a node waits: a condition, not a failure. The scheduler's first words are kept while it repeats itself. */
function withCapacity(
  status: SparkApplicationStatus,
  unschedulable: string | undefined,
  seen: Seen,
): SparkApplicationStatus {
  if (unschedulable === undefined) return dropConditions(status, 'WaitingForCapacity');
  if (conditionOf(status, 'WaitingForCapacity') !== undefined) return status;
  return say(
    status,
    { type: 'WaitingForCapacity', status: 'True', reason: 'Unschedulable', message: unschedulable },
    seen,
  );
}

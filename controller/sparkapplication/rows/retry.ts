import type { SparkApplicationStatus } from '../../../api/sparkapplication-status.ts';
import type { Effect } from '../decision.ts';
import { isAlive } from '../driver.ts';
import { retryDelayMs, type Failure } from '../restart.ts';
import type { Seen } from '../seen.ts';
import { setState, setTerminated } from '../status.ts';
import { millisOf, rfc3339After } from '../time.ts';
import { without } from '../without.ts';
import { deleteAttemptObjects } from './attempt-objects.ts';
import { interrupt } from './interrupt.ts';
import { stateOf, type Next } from './next.ts';
import { submitNext } from './submit.ts';

/** SUCCEEDING: run again if the policy is Always, else the application is complete. */
export const rerunOrComplete = (seen: Seen): Next =>
  seen.app.spec.restartPolicy?.type === 'Always'
    ? { status: setState(seen.status, 'PENDING_RERUN'), isVerdict: true }
    : { status: setTerminated(seen.status, 'COMPLETED', seen) };

/** FAILING: wait for the time of the next attempt, or give up. */
export function retryRun(seen: Seen): Next {
  const counted = { ...seen, status: resetCount(seen) };
  return (
    interrupt(counted) ??
    retryLater(counted, 'run', counted.status.executionAttempts ?? 1) ?? {
      status: setState(without(counted.status, 'nextAttemptTime'), 'PENDING_RERUN'),
      isVerdict: true,
    }
  );
}

/** SUBMISSION_FAILED: the same for a submission that was refused; nothing of it is left, so the next is claimed at once. */
export function retrySubmission(seen: Seen): Next {
  const { submissionAttempts = 1, executionAttempts = 0 } = seen.status;
  return interrupt(seen) ?? retryLater(seen, 'submission', submissionAttempts - executionAttempts) ?? submitNext(seen);
}

/** Undefined when the next attempt is due. */
function retryLater(seen: Seen, of: Failure['of'], count: number): Next | undefined {
  const reason = seen.status.applicationState?.reason ?? 'Unknown';
  const seed = `${seen.app.metadata.uid}/${seen.status.submission?.attempt ?? count}`;
  const delay = retryDelayMs(seen.app.spec.restartPolicy, { of, count: Math.max(count, 1), reason, seed });
  if (delay === undefined) return giveUp(seen);
  const nextAttemptTime = seen.status.nextAttemptTime ?? rfc3339After(failureTime(seen) + delay);
  const due = millisOf(nextAttemptTime) ?? seen.now;
  if (seen.now >= due) return undefined;
  const status = { ...seen.status, nextAttemptTime };
  return { status, wakeAt: due, ...leftovers(seen) };
}

/** A driver that is still alive was given up by us (a time limit, a problem at its start): it goes with its objects. */
function giveUp(seen: Seen): Next {
  return { status: setTerminated(seen.status, 'FAILED', seen), isVerdict: true, ...leftovers(seen) };
}

function leftovers(seen: Seen): { readonly effects?: readonly Effect[]; readonly isVerdict?: boolean } {
  const { driver } = seen;
  if (driver.phase === 'Absent' || !isAlive(driver) || driver.pod.deleting) return {};
  const condemned: Effect = { kind: 'deleteDriver', name: driver.pod.name, uid: driver.pod.uid };
  return { effects: [...deleteAttemptObjects(seen), condemned], isVerdict: true };
}

/** Back-off counts from the failure, not from the submission. Its time has whole seconds: the last moment of that second. */
function failureTime({ status, now }: Seen): number {
  const end = status.attempts?.find(({ submissionID }) => submissionID === status.submissionID)?.endTime;
  const second = millisOf(end) ?? millisOf(status.terminationTime);
  return second === undefined ? now : Math.min(second + 999, now);
}

/** `restartPolicy.resetAfterSeconds`: a run that lasted long enough has earned its retries back. */
function resetCount({ status, app }: Seen): SparkApplicationStatus {
  const resetAfter = app.spec.restartPolicy?.resetAfterSeconds;
  const attempt = status.attempts?.find(({ submissionID }) => submissionID === status.submissionID);
  const start = millisOf(attempt?.startTime);
  const end = millisOf(attempt?.endTime);
  if (resetAfter === undefined || start === undefined || end === undefined || stateOf(status) !== 'FAILING')
    return status;
  return end - start >= resetAfter * 1000 ? { ...status, executionAttempts: 1 } : status;
}

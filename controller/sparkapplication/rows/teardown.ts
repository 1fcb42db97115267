import { uiServiceName } from '../../../api/names.ts';
import type { Effect } from '../decision.ts';
import type { Seen } from '../seen.ts';
import { endAttempt } from '../attempts.ts';
import { setState, withoutRun } from '../status.ts';
import { rfc3339 } from '../time.ts';
import { deleteAttemptObjects } from './attempt-objects.ts';
import { LOOK_AGAIN_MS, type Next } from './next.ts';
import { submitNext } from './submit.ts';

/** PENDING_RERUN: the driver pod keeps its name, so the old one must be gone before the next attempt is claimed. */
export const rerun = (seen: Seen): Next =>
  deleteDriver(seen) ?? { ...submitNext(seen, deleteAttemptObjects(seen)), isVerdict: true };

/** INVALIDATING: the same, after an edit of the specification. */
export const invalidate = (seen: Seen): Next =>
  deleteDriver(seen) ?? { status: setState(endedAs(seen, 'INVALIDATING'), 'PENDING_RERUN'), isVerdict: true };

/** SUSPENDING: nothing of the attempt may stay, neither pod nor UI Service. */
export function suspend(seen: Seen): Next {
  const waiting = deleteDriver(seen);
  if (waiting !== undefined) return waiting;
  const { submissionID } = seen.status;
  const status = setState(withoutRun(endedAs(seen, 'SUSPENDED')), 'SUSPENDED');
  if (submissionID === undefined) return { status };
  const ui: Effect = { kind: 'deleteUiService', name: uiServiceName(seen.app) };
  return { status, effects: [...deleteAttemptObjects(seen), ui], isVerdict: true };
}

/** SUSPENDED: wait for `suspend: false`. */
export const resume = (seen: Seen): Next =>
  seen.app.spec.suspend === true ? { status: seen.status } : { status: setState(seen.status, 'RESUMING') };

/** Undefined when no driver pod is left. A pod under deletion is waited for. */
function deleteDriver({ driver, status, now }: Seen): Next | undefined {
  if (driver.phase === 'Absent') return undefined;
  const { pod } = driver;
  if (pod.deleting) return { status, wakeAt: now + LOOK_AGAIN_MS };
  return {
    status,
    effects: [{ kind: 'deleteDriver', name: pod.name, uid: pod.uid }],
    wakeAt: now + LOOK_AGAIN_MS,
    isVerdict: true,
  };
}

/** Closes an attempt that was stopped from outside; one that had ended by itself keeps its end. */
function endedAs({ status, now }: Seen, state: 'SUSPENDED' | 'INVALIDATING'): Seen['status'] {
  const current = status.attempts?.find(({ submissionID }) => submissionID === status.submissionID);
  if (current === undefined || current.endTime !== undefined) return status;
  return { ...status, attempts: endAttempt(status, { endTime: rfc3339(now), state }) };
}

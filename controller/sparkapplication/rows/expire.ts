import type { Effect } from '../decision.ts';
import { isAlive } from '../driver.ts';
import type { Seen } from '../seen.ts';
import { setSpecHash } from '../status.ts';
import { millisOf } from '../time.ts';
import { interrupt, isEdited, lacksHash } from './interrupt.ts';
import { wake, type Next } from './next.ts';

/** COMPLETED and FAILED: run again after an edit, tidy up after a driver pod that went, delete at the end of the time to live. */
export function expire(seen: Seen): Next {
  if (isEdited(seen))
    return (
      interrupt({ ...seen, app: { ...seen.app, spec: { ...seen.app.spec, suspend: false } } }) ?? {
        status: seen.status,
      }
    );
  const status = lacksHash(seen) ? setSpecHash(seen.status, seen) : seen.status;
  const tidied = leftovers(seen);
  if (tidied.length > 0) return { status, effects: tidied, isVerdict: true };
  const expiry = expiryOf(seen);
  if (expiry === undefined || seen.now < expiry) return { status, ...wake(expiry) };
  return { status, effects: [{ kind: 'deleteApplication' }], isVerdict: true };
}

/** `spec.timeToLiveSeconds` after the end; 0 or less is at once. */
function expiryOf({ app, status }: Seen): number | undefined {
  const seconds = app.spec.timeToLiveSeconds;
  const ended = millisOf(status.terminationTime);
  return seconds === undefined || ended === undefined ? undefined : ended + Math.max(seconds, 0) * 1000;
}

/**
 * A driver that we gave up and that is alive still goes with its objects; the objects of a driver pod that somebody deleted
 * go too. A pod that ended by itself stays for its log.
 */
function leftovers({ driver, driverDeleted, status }: Seen): readonly Effect[] {
  const { submissionID, applicationState } = status;
  if (submissionID === undefined) return [];
  const objects: Effect = { kind: 'deleteAttemptObjects', submissionId: submissionID };
  if (driver.phase === 'Absent') return driverDeleted ? [objects] : [];
  const givenUp = applicationState?.state === 'FAILED' && applicationState.reason !== undefined;
  if (!givenUp || !isAlive(driver) || driver.pod.deleting) return [];
  return [objects, { kind: 'deleteDriver', name: driver.pod.name, uid: driver.pod.uid }];
}

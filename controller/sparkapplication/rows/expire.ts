import type { Effect } from '../decision.ts';
import { isAlive } from '../driver.ts';
import type { Seen } from '../seen.ts';
import { setSpecHash } from '../status.ts';
import { millisOf } from '../time.ts';
import { deleteAttemptObjects } from './attempt-objects.ts';
import { invalidated, isEdited, lacksHash } from './interrupt.ts';
import { wake, type Next } from './next.ts';

/** COMPLETED and FAILED: run again after an edit, tidy up after a driver pod that went, delete at the end of the time to live. */
export function expire(seen: Seen): Next {
  if (isEdited(seen) || isMended(seen)) return { status: invalidated(seen.status), isVerdict: true };
  const status = lacksHash(seen) ? setSpecHash(seen.status, seen) : seen.status;
  const tidied = leftovers(seen);
  if (tidied.length > 0) return { status, effects: tidied, isVerdict: true };
  const expiry = expiryOf(seen);
  if (expiry === undefined || seen.now < expiry) return { status, ...wake(expiry) };
  return { status, effects: [{ kind: 'deleteApplication' }], isVerdict: true };
}

/** A specification that was refused is looked at again after any edit: what was wrong may be a field that no run depends on. */
function isMended({ status, app: { metadata } }: Seen): boolean {
  const reason = status.applicationState?.reason;
  const wasRefused = reason === 'InvalidSpec' || reason === 'UnsupportedSpec';
  return wasRefused && status.observedGeneration !== metadata.generation;
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
function leftovers(seen: Seen): readonly Effect[] {
  const { driver, driverDeleted, status } = seen;
  if (driver.phase === 'Absent') return driverDeleted ? deleteAttemptObjects(seen) : [];
  const givenUp = status.applicationState?.state === 'FAILED' && status.applicationState.reason !== undefined;
  if (!givenUp || !isAlive(driver) || driver.pod.deleting) return [];
  return [...deleteAttemptObjects(seen), { kind: 'deleteDriver', name: driver.pod.name, uid: driver.pod.uid }];
}

import type { SparkApplicationStatus } from '../../../api/sparkapplication-status.ts';
import type { Seen } from '../seen.ts';
import { setState } from '../status.ts';
import { without } from '../without.ts';
import type { Next } from './next.ts';

/** What stops an attempt from outside: `spec.suspend`, or an edit of the specification. Undefined when neither happened. */
export function interrupt(seen: Seen): Next | undefined {
  if (seen.app.spec.suspend === true) return { status: setState(seen.status, 'SUSPENDING'), isVerdict: true };
  if (isEdited(seen)) return { status: invalidated(seen.status), isVerdict: true };
  return undefined;
}

/**
 * Whether the run-relevant part of the specification differs from what was submitted. Without a recorded hash, or with one
 * of another version, nothing can be said and nothing is restarted.
 */
export const isEdited = ({ status: { submission }, specHash, specHashVersion }: Seen): boolean =>
  submission?.specHashVersion === specHashVersion && submission.specHash !== specHash;

/** Whether a hash has to be recorded before edits can be noticed. */
export const lacksHash = ({ status: { submission }, specHashVersion }: Seen): boolean =>
  submission?.specHashVersion !== specHashVersion;

/** An edit starts the counting of retries anew. */
export function invalidated(status: SparkApplicationStatus): SparkApplicationStatus {
  const kept = without(status, 'nextAttemptTime', 'terminationTime');
  return setState({ ...kept, executionAttempts: 0, submissionAttempts: 0 }, 'INVALIDATING');
}

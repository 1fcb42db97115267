import type { Effect } from '../decision.ts';
import type { Seen } from '../seen.ts';
import { millisOf } from '../time.ts';

/**
 * Removes what the current attempt has beside its driver pod; nothing when there never was an attempt. ConfigMaps and
 * Services are found by their label. Volume claims and Secrets, which the operator may not list, are named by the plan.
 */
export function deleteAttemptObjects(seen: Seen): readonly Effect[] {
  const { submissionID } = seen.status;
  return submissionID === undefined
    ? []
    : [{ kind: 'deleteAttemptObjects', submissionId: submissionID, unlisted: unlistedOf(seen, submissionID) }];
}

type Unlisted = (Effect & { readonly kind: 'deleteAttemptObjects' })['unlisted'];

function unlistedOf({ status, prepare, now }: Seen, submissionId: string): Unlisted {
  const { submission, lastSubmissionAttemptTime } = status;
  if (submission?.lane !== 'Native') return [];
  const submitTime = millisOf(lastSubmissionAttemptTime) ?? now;
  const prepared = prepare({ attempt: submission.attempt, submissionId, submitTime });
  if (prepared.kind === 'Refused') return [];
  return prepared.plan.resources.filter(({ resource }) => resource !== 'configmaps' && resource !== 'services');
}

import { conditionOf } from '../conditions.ts';
import type { Effect } from '../decision.ts';
import type { Seen } from '../seen.ts';
import { millisOf } from '../time.ts';

/**
 * The UI Service of an attempt of ours that has none yet: the process that created the driver pod was stopped in between.
 * One that was refused is not tried again during the attempt; its condition tells why.
 */
export function uiServiceIfMissing({ status, prepare, now }: Seen): { readonly effects?: readonly Effect[] } {
  const { submission, submissionID, driverInfo, lastSubmissionAttemptTime } = status;
  if (submission?.lane !== 'Native' || submissionID === undefined) return {};
  if (driverInfo?.webUIServiceName !== undefined || conditionOf(status, 'UIServiceReady') !== undefined) return {};
  const submitTime = millisOf(lastSubmissionAttemptTime) ?? now;
  const prepared = prepare({ attempt: submission.attempt, submissionId: submissionID, submitTime });
  if (prepared.kind === 'Refused' || prepared.uiService === undefined) return {};
  return { effects: [{ kind: 'createUiService', service: prepared.uiService }] };
}

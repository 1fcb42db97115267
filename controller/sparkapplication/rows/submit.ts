import type { SparkApplicationStatus } from '../../../api/sparkapplication-status.ts';
import type { NativePlan } from '../../../spark/submission/plan.ts';
import { submissionIdOf } from '../../../spark/identity.ts';
import { conditionOf } from '../conditions.ts';
import type { Effect } from '../decision.ts';
import type { AttemptOrder, Prepared, Seen } from '../seen.ts';
import { sameJson } from '../merge-diff.ts';
import { say, setClaimed, setFailed, setPodDefaults, setState, setSubmitted } from '../status.ts';
import { millisOf } from '../time.ts';
import { deleteAttemptObjects } from './attempt-objects.ts';
import { follow } from './follow.ts';
import { interrupt } from './interrupt.ts';
import type { Next } from './next.ts';
import { startTimeout } from './timeouts.ts';

/** New, RESUMING and the end of PENDING_RERUN: claim the next attempt, then create what it needs. */
export function submitNext(seen: Seen, before: readonly Effect[] = []): Next {
  if (seen.app.spec.suspend === true) return { status: setState(seen.status, 'SUSPENDING') };
  if (!seen.mayStart) return { status: seen.status };
  const attempt = lastAttempt(seen) + 1;
  const order: AttemptOrder = {
    attempt,
    submissionId: submissionIdOf(seen.app.metadata.uid, attempt),
    submitTime: Math.floor(seen.now / 1000) * 1000,
  };
  const claimed = setClaimed(seen.status, order, seen);
  const prepared = seen.prepare(order);
  if (prepared.kind === 'Refused') return { ...refused({ ...seen, status: claimed }, prepared), effects: before };
  const status = setPodDefaults(withWarnings(claimed, prepared.plan, seen), prepared.podDefaults);
  return { status, effects: [...before, { kind: 'record', status }, ...creations(prepared, order)] };
}

/** What the user wrote and Spark will not do is said once, where `kubectl describe` shows it. */
function withWarnings(status: SparkApplicationStatus, { warnings }: NativePlan, seen: Seen): SparkApplicationStatus {
  if (warnings.length === 0) return status;
  const message = warnings.join('; ');
  return say(status, { type: 'FullyApplied', status: 'False', reason: 'FieldsWithoutEffect', message }, seen);
}

/** SUBMITTED: go on with an attempt that was claimed but of which no driver pod is known, else follow the driver. */
export function followSubmission(seen: Seen): Next {
  const submitted = conditionOf(seen.status, 'Submitted');
  if (submitted === undefined || submitted.status === 'True') return follow(seen);
  if (seen.driver.phase === 'Absent') return interrupt(seen) ?? startTimeout(seen) ?? resumeAttempt(seen);
  return follow({ ...seen, status: setSubmitted(seen.status, seen.driver.pod.sparkAppId, seen) });
}

/**
 * The process that claimed the attempt was stopped before its driver pod existed, or admission kept it from being made: the
 * same objects, by the same names. What was made with other defaults of the site than those of now is made anew.
 */
function resumeAttempt(seen: Seen): Next {
  if (!seen.mayStart) return { status: seen.status };
  const order: AttemptOrder = {
    attempt: lastAttempt(seen),
    submissionId: seen.status.submissionID ?? '',
    submitTime: millisOf(seen.status.lastSubmissionAttemptTime) ?? seen.now,
  };
  const prepared = seen.prepare(order);
  if (prepared.kind === 'Refused') return refused(seen, prepared);
  const status = setPodDefaults(seen.status, prepared.podDefaults);
  const outdated = sameJson(seen.status.podDefaults, status.podDefaults) ? [] : deleteAttemptObjects(seen);
  return { status, effects: [...outdated, ...creations(prepared, order)], isVerdict: true };
}

/** Attempts are numbered over the whole life of the object; kubeflow's count is where a taken-over one starts. */
const lastAttempt = ({ status }: Seen): number =>
  status.submission?.attempt ?? Math.max(status.submissionAttempts ?? 0, status.executionAttempts ?? 0);

function creations(prepared: Prepared & { readonly kind: 'Ready' }, { submissionId }: AttemptOrder): readonly Effect[] {
  const { plan, uiService } = prepared;
  const create: Effect = { kind: 'createAttempt', plan, submissionId };
  return uiService === undefined ? [create] : [create, { kind: 'createUiService', service: uiService }];
}

function refused(seen: Seen, { reason, message }: Prepared & { readonly kind: 'Refused' }): Next {
  const status = setFailed(seen.status, { state: 'SUBMISSION_FAILED', reason, errorMessage: message }, seen);
  return { status: say(status, { type: 'Submitted', status: 'False', reason, message }, seen) };
}

import { driverPodName } from '../../api/names.ts';
import type { FailureReason } from '../../api/reasons.ts';
import type { ApplicationState } from '../../api/states.ts';
import type { PodDefaultsStatus, SparkApplicationStatus } from '../../api/sparkapplication-status.ts';
import { endAttempt, startAttempt } from './attempts.ts';
import { dropConditions, setCondition, type Claim } from './conditions.ts';
import type { DriverEnd } from './driver.ts';
import { desiredExecutors } from './executors.ts';
import type { AttemptOrder, Seen } from './seen.ts';
import { rfc3339 } from './time.ts';
import { without } from './without.ts';

/** The part of `Seen` that status setters read. */
export type Context = Pick<Seen, 'app' | 'now' | 'specHash' | 'specHashVersion'>;

const generationOf = ({ app }: Context): number => app.metadata.generation ?? 0;

/** Says something as a condition, at this moment, of this generation. */
export const say = (status: SparkApplicationStatus, claim: Claim, context: Context): SparkApplicationStatus =>
  setCondition(status, claim, { now: context.now, generation: generationOf(context) });

/** Moves to a state. Reason and message of the state before are dropped. */
export const setState = (status: SparkApplicationStatus, state: ApplicationState): SparkApplicationStatus => ({
  ...status,
  applicationState: { state },
});

/** The claim of an attempt: written before anything is created for it, so that no other process starts it as well. */
export function setClaimed(
  status: SparkApplicationStatus,
  order: AttemptOrder,
  context: Context,
): SparkApplicationStatus {
  const { app, specHash, specHashVersion } = context;
  const podName = driverPodName(app);
  const startTime = rfc3339(order.submitTime);
  const claimed: SparkApplicationStatus = {
    ...withoutRun(status),
    applicationState: { state: 'SUBMITTED' },
    submissionID: order.submissionId,
    submission: { attempt: order.attempt, lane: 'Native', specHash, specHashVersion },
    submissionAttempts: (status.submissionAttempts ?? 0) + 1,
    lastSubmissionAttemptTime: startTime,
    driverInfo: { podName },
    executors: { desired: desiredExecutors(app.spec), pending: 0, running: 0, succeeded: 0, failed: 0 },
    attempts: startAttempt(status.attempts ?? [], {
      number: order.attempt,
      submissionID: order.submissionId,
      driverPodName: podName,
      startTime,
    }),
    observedGeneration: generationOf(context),
  };
  const waiting = [
    { type: 'Submitted', status: 'Unknown', reason: 'Submitting' },
    { type: 'DriverReady', status: 'Unknown', reason: 'Pending' },
    { type: 'ExecutorsReady', status: 'Unknown', reason: 'Pending' },
  ] as const satisfies readonly Claim[];
  return waiting.reduce<SparkApplicationStatus>((next, claim) => say(next, claim, context), claimed);
}

/** Says what the site's defaults gave the attempt; nothing when there are none. */
export function setPodDefaults(
  status: SparkApplicationStatus,
  podDefaults: readonly PodDefaultsStatus[],
): SparkApplicationStatus {
  const kept = without(status, 'podDefaults');
  return podDefaults.length === 0 ? kept : { ...kept, podDefaults };
}

/** What is known of the latest run is forgotten; counters, history and the hash of the specification stay. */
export function withoutRun(status: SparkApplicationStatus): SparkApplicationStatus {
  const kept = without(
    status,
    'sparkApplicationId',
    'driverInfo',
    'executorState',
    'executors',
    'terminationTime',
    'nextAttemptTime',
    'podDefaults',
  );
  return dropConditions(
    kept,
    'DriverReady',
    'ExecutorsReady',
    'WaitingForCapacity',
    'UIServiceReady',
    'FullyApplied',
    'Succeeded',
    'Failed',
    'Submitted',
  );
}

/** The driver pod of the claimed attempt exists. */
export function setSubmitted(
  status: SparkApplicationStatus,
  sparkApplicationId: string,
  context: Context,
): SparkApplicationStatus {
  const { submission, submissionID } = status;
  const lane = submission?.lane ?? 'Native';
  const submitted: SparkApplicationStatus = {
    ...status,
    executionAttempts: (status.executionAttempts ?? 0) + 1,
    ...(sparkApplicationId === '' ? {} : { sparkApplicationId }),
    attempts: (status.attempts ?? []).map((attempt) =>
      attempt.submissionID === submissionID && sparkApplicationId !== '' ? { ...attempt, sparkApplicationId } : attempt,
    ),
  };
  const message = `Attempt ${submission?.attempt ?? 1}: driver pod ${driverPodName(context.app)} created`;
  return say(submitted, { type: 'Submitted', status: 'True', reason: lane, message }, context);
}

/** A failure with its reason: of a submission, or of a run. */
export interface Failed {
  readonly state: 'FAILING' | 'SUBMISSION_FAILED';
  readonly reason: FailureReason;
  readonly errorMessage: string;
  readonly end?: Partial<DriverEnd>;
}

/** The attempt failed; whether another one follows is decided from here. */
export function setFailed(status: SparkApplicationStatus, failed: Failed, context: Context): SparkApplicationStatus {
  const { state, reason, errorMessage, end } = failed;
  const lastWords = end?.message === undefined || end.message === '' ? errorMessage : end.message;
  return {
    ...status,
    applicationState: { state, errorMessage, reason },
    attempts: endAttempt(status, {
      endTime: end?.endTime ?? rfc3339(context.now),
      ...(end?.exitCode === undefined ? {} : { exitCode: end.exitCode }),
      reason,
      message: lastWords,
      state: 'FAILED',
    }),
  };
}

/** The attempt did what it should. */
export const setSucceeded = (
  status: SparkApplicationStatus,
  end: DriverEnd,
  context: Context,
): SparkApplicationStatus => ({
  ...setState(status, 'SUCCEEDING'),
  attempts: endAttempt(status, {
    endTime: end.endTime ?? rfc3339(context.now),
    ...(end.exitCode === undefined ? {} : { exitCode: end.exitCode }),
    state: 'COMPLETED',
  }),
});

/** The application is over: no attempt follows. */
export function setTerminated(
  status: SparkApplicationStatus,
  state: 'COMPLETED' | 'FAILED',
  context: Context,
): SparkApplicationStatus {
  const kept = without(status, 'nextAttemptTime');
  const { errorMessage = '', reason } = status.applicationState ?? {};
  const ended = {
    ...kept,
    applicationState: { ...status.applicationState, state },
    terminationTime: rfc3339(context.now),
  };
  const succeeded = state === 'COMPLETED';
  const claim: Claim = succeeded
    ? { type: 'Succeeded', status: 'True', reason: 'Completed' }
    : { type: 'Failed', status: 'True', reason: reason ?? 'Unknown', message: errorMessage };
  const said = say({ ...ended, observedGeneration: generationOf(context) }, claim, context);
  const over = { status: 'False', reason: succeeded ? 'Completed' : 'Failed' } as const;
  const types = ['DriverReady', 'ExecutorsReady'] as const;
  return types.reduce(
    (next, type) => sayOver(next, { ...over, type }, context),
    dropConditions(said, 'WaitingForCapacity'),
  );
}

/** A driver that never started keeps the reason that it was given; one that ran is over. */
function sayOver(status: SparkApplicationStatus, claim: Claim, context: Context): SparkApplicationStatus {
  const before = status.conditions?.find(({ type }) => type === claim.type);
  return before === undefined || before.status === 'False' ? status : say(status, claim, context);
}

/** Records the hash of a specification that was submitted without one (by kubeflow's operator, or by another version). */
export function setSpecHash(
  status: SparkApplicationStatus,
  { app, specHash, specHashVersion }: Context,
): SparkApplicationStatus {
  const attempt = status.submission?.attempt ?? Math.max(status.submissionAttempts ?? 0, status.executionAttempts ?? 0);
  return {
    ...status,
    submission: {
      lane: 'SparkSubmit',
      reasons: ['Submitted by another operator before this one took over'],
      ...status.submission,
      attempt,
      specHash,
      specHashVersion,
    },
    observedGeneration: app.metadata.generation ?? 0,
  };
}

import type { Attempt, SparkApplicationStatus } from '../../api/sparkapplication-status.ts';

/** The first attempt and the last nine are kept (docs/design.md, "The API beyond kubeflow's"). */
const KEPT_LAST = 9;

/** What is known when an attempt ends. */
export type AttemptEnd = Pick<Attempt, 'endTime' | 'exitCode' | 'reason' | 'message' | 'state'>;

/** Adds an attempt; one of the same identity is not added twice. */
export function startAttempt(attempts: readonly Attempt[], attempt: Attempt): readonly Attempt[] {
  if (attempts.some(({ submissionID }) => submissionID === attempt.submissionID)) return attempts;
  return bounded([...attempts, attempt]);
}

/** Closes the current attempt. An application that kubeflow's operator submitted has no entry yet and gets one. */
export function endAttempt(status: SparkApplicationStatus, end: AttemptEnd): readonly Attempt[] {
  const { submissionID = '', attempts = [] } = status;
  const known = attempts.some((attempt) => attempt.submissionID === submissionID);
  const all = known ? attempts : bounded([...attempts, takenOver(status)]);
  return all.map((attempt) => (attempt.submissionID === submissionID ? { ...attempt, ...end } : attempt));
}

function takenOver({
  submissionID = '',
  submission,
  sparkApplicationId,
  driverInfo,
  lastSubmissionAttemptTime,
  submissionAttempts,
}: SparkApplicationStatus): Attempt {
  return {
    number: submission?.attempt ?? submissionAttempts ?? 1,
    submissionID,
    ...(sparkApplicationId === undefined ? {} : { sparkApplicationId }),
    ...(driverInfo?.podName === undefined ? {} : { driverPodName: driverInfo.podName }),
    startTime: lastSubmissionAttemptTime ?? '1970-01-01T00:00:00Z',
  };
}

const bounded = (attempts: readonly Attempt[]): readonly Attempt[] =>
  attempts.length <= KEPT_LAST + 1 ? attempts : [...attempts.slice(0, 1), ...attempts.slice(-KEPT_LAST)];

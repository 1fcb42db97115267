import type { FailureReason } from '../../api/reasons.ts';
import type { Backoff, RestartPolicy } from '../../api/sparkapplication.ts';
import { hashedShare } from './hashed-share.ts';

/** A failure, as the restart policy sees it. */
export interface Failure {
  /** Whether a run failed, or its submission. */
  readonly of: 'run' | 'submission';
  /** How many of this kind failed since the last edit of the specification, this one included. */
  readonly count: number;
  readonly reason: FailureReason;
  /** Draws the jitter: the same text gives the same wait. */
  readonly seed: string;
}

/** kubeflow's default for both intervals, in seconds. */
const DEFAULT_INTERVAL_S = 5;

/** The cluster was to blame, not the application (`OnInfrastructureFailure`). */
const INFRASTRUCTURE: ReadonlySet<FailureReason> = new Set([
  'DriverEvicted',
  'DriverPodMissing',
  'NodeLost',
  'QuotaExceeded',
  'Unschedulable',
]);

/** No new attempt can cure these: only an edit of the specification can. */
const HOPELESS: ReadonlySet<FailureReason> = new Set(['InvalidSpec', 'UnsupportedSpec']);

/** A day: no interval grows beyond it. */
const LONGEST_WAIT_S = 86_400;

/** The factor of a back-off that names none. */
const DEFAULT_FACTOR = 2;

/** Milliseconds from the failure to the next attempt, or undefined when there is none (`spec.restartPolicy`). */
export function retryDelayMs(policy: RestartPolicy = {}, failure: Failure): number | undefined {
  if (!mayRetry(policy, failure)) return undefined;
  const interval = settingsOf(policy, failure).interval;
  const { backoff } = policy;
  const waitS = backoff === undefined ? interval * failure.count : exponential(interval, failure.count, backoff);
  const jitter = hashedShare(failure.seed) * (backoff?.jitter ?? 0);
  return Math.round(Math.min(waitS, LONGEST_WAIT_S) * (1 + jitter) * 1000);
}

const exponential = (interval: number, count: number, { factor, maxIntervalSeconds }: Backoff): number =>
  Math.min(interval * (factor ?? DEFAULT_FACTOR) ** (count - 1), maxIntervalSeconds ?? LONGEST_WAIT_S);

function mayRetry(policy: RestartPolicy, failure: Failure): boolean {
  const type = policy.type ?? 'Never';
  if (HOPELESS.has(failure.reason)) return false;
  const hasRetries = failure.count <= settingsOf(policy, failure).retries;
  switch (type) {
    case 'Always':
      return true;
    case 'OnFailure':
      return hasRetries;
    case 'OnInfrastructureFailure':
      return hasRetries && INFRASTRUCTURE.has(failure.reason);
    case 'Never':
      return false;
  }
}

/** The two kinds of failures have retries and intervals of their own. */
const settingsOf = (policy: RestartPolicy, { of }: Failure): { readonly retries: number; readonly interval: number } =>
  of === 'run'
    ? { retries: policy.onFailureRetries ?? 0, interval: policy.onFailureRetryInterval ?? DEFAULT_INTERVAL_S }
    : {
        retries: policy.onSubmissionFailureRetries ?? 0,
        interval: policy.onSubmissionFailureRetryInterval ?? DEFAULT_INTERVAL_S,
      };

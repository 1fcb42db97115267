import { describe, expect, it } from '@jest/globals';
import type { RestartPolicy } from '../../api/sparkapplication.ts';
import { retryDelayMs, type Failure } from './restart.ts';

const failure = (changes: Partial<Failure> = {}): Failure => ({
  of: 'run',
  count: 1,
  reason: 'ApplicationError',
  seed: 'x/1',
  ...changes,
});
const onFailure: RestartPolicy = { type: 'OnFailure', onFailureRetries: 3, onFailureRetryInterval: 10 };

interface Case {
  readonly given: readonly [RestartPolicy | undefined, Failure];
  /** Seconds; undefined = no retry. */
  readonly want: number | undefined;
}

const cases: Record<string, Case> = {
  'without a policy nothing is retried': { given: [undefined, failure()], want: undefined },
  'Never is never': { given: [{ type: 'Never', onFailureRetries: 3 }, failure()], want: undefined },
  'OnFailure without a number of retries has none': { given: [{ type: 'OnFailure' }, failure()], want: undefined },
  'OnFailure waits for the interval': { given: [onFailure, failure()], want: 10 },
  'the wait grows in step with the failures': { given: [onFailure, failure({ count: 3 })], want: 30 },
  'retries are used up': { given: [onFailure, failure({ count: 4 })], want: undefined },
  'an interval that is not set is 5 seconds': {
    given: [{ type: 'OnFailure', onFailureRetries: 1 }, failure()],
    want: 5,
  },
  'Always has no end': { given: [{ type: 'Always', onFailureRetryInterval: 1 }, failure({ count: 99 })], want: 99 },
  'submissions have retries and interval of their own': {
    given: [
      { type: 'OnFailure', onSubmissionFailureRetries: 1, onSubmissionFailureRetryInterval: 7 },
      failure({ of: 'submission', reason: 'QuotaExceeded' }),
    ],
    want: 7,
  },
  'a broken specification is never retried': {
    given: [{ type: 'Always' }, failure({ of: 'submission', reason: 'InvalidSpec' })],
    want: undefined,
  },
  'OnInfrastructureFailure retries what the cluster did': {
    given: [{ ...onFailure, type: 'OnInfrastructureFailure' }, failure({ reason: 'DriverEvicted' })],
    want: 10,
  },
  'OnInfrastructureFailure leaves what the application did': {
    given: [{ ...onFailure, type: 'OnInfrastructureFailure' }, failure()],
    want: undefined,
  },
  'a back-off grows by its factor': {
    given: [{ ...onFailure, backoff: { factor: 3 } }, failure({ count: 3 })],
    want: 90,
  },
  'a back-off doubles unless it says otherwise': {
    given: [{ ...onFailure, backoff: {} }, failure({ count: 3 })],
    want: 40,
  },
  'a back-off has an end': {
    given: [{ ...onFailure, backoff: { maxIntervalSeconds: 25 } }, failure({ count: 3 })],
    want: 25,
  },
  'no wait is longer than a day': {
    given: [{ type: 'Always', onFailureRetryInterval: 3600 }, failure({ count: 99 })],
    want: 86_400,
  },
};

describe('retryDelayMs', () => {
  it.each(Object.entries(cases))('%s', (_name, { given: [policy, failed], want }) => {
    expect(retryDelayMs(policy, failed)).toBe(want === undefined ? undefined : want * 1000);
  });

  it('spreads applications by jitter, the same each time it is asked', () => {
    const jittered = { ...onFailure, backoff: { jitter: 0.5 } };
    const delays = Array.from({ length: 50 }, (_, i) => retryDelayMs(jittered, failure({ seed: `uid-${i}/1` })) ?? 0);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(10_000);
    expect(Math.max(...delays)).toBeLessThan(15_000);
    expect(new Set(delays).size).toBeGreaterThan(40);
    expect(retryDelayMs(jittered, failure())).toBe(retryDelayMs(jittered, failure()));
  });
});

import type { RestartPolicy } from '../../api/sparkapplication.ts';
import { describeRules } from '../../test/violations.ts';

/** What a client that does not know our types may send. */
const sent = (json: string) => JSON.parse(json) as RestartPolicy;

describeRules({
  restartTypeUnknown: {
    'a word of another kind': [
      { restartPolicy: sent('{"type": "Sometimes"}') },
      'spec.restartPolicy.type: "Sometimes" is unknown: use Never, OnFailure, Always, OnInfrastructureFailure',
    ],
    'none said': [{ restartPolicy: {} }],
  },
  restartNumberOutOfRange: {
    'each of them': [
      {
        restartPolicy: {
          type: 'OnFailure',
          onFailureRetries: -1,
          onSubmissionFailureRetries: -1,
          onFailureRetryInterval: 0,
          onSubmissionFailureRetryInterval: 0,
          resetAfterSeconds: 0,
          backoff: { factor: 0.5, maxIntervalSeconds: 0, jitter: 2 },
        },
      },
      'spec.restartPolicy.onFailureRetries: must be at least 0',
      'spec.restartPolicy.onSubmissionFailureRetries: must be at least 0',
      'spec.restartPolicy.onFailureRetryInterval: must be at least 1',
      'spec.restartPolicy.onSubmissionFailureRetryInterval: must be at least 1',
      'spec.restartPolicy.resetAfterSeconds: must be at least 1',
      'spec.restartPolicy.backoff.factor: must be at least 1',
      'spec.restartPolicy.backoff.maxIntervalSeconds: must be at least 1',
      'spec.restartPolicy.backoff.jitter: must be a share from 0 to 1',
    ],
    'in range': [{ restartPolicy: { type: 'Always', onFailureRetries: 0, backoff: { factor: 2, jitter: 0.1 } } }],
  },
  timeoutNotPositive: {
    'no time at all': [
      { timeouts: { runSeconds: 0, driverStartSeconds: 60 } },
      'spec.timeouts.runSeconds: must be at least 1 second: leave it out for no limit',
    ],
  },
});

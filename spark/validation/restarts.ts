import { when, type Check } from './check.ts';

const restartTypes = ['Never', 'OnFailure', 'Always', 'OnInfrastructureFailure'];

/** A policy of an unknown kind. */
export const restartTypeUnknown: Check = ({ spec: { restartPolicy: { type = 'Never' } = {} } }) =>
  when(!restartTypes.includes(type), 'spec.restartPolicy.type', `"${type}" is unknown: use ${restartTypes.join(', ')}`);

/** Numbers of a policy that make no sense. */
export const restartNumberOutOfRange: Check = ({ spec: { restartPolicy = {} } }) => {
  const { backoff = {} } = restartPolicy;
  const atLeast = (name: string, value: number | undefined, least: number) =>
    when((value ?? least) < least, `spec.restartPolicy.${name}`, `must be at least ${least}`);
  return [
    ...atLeast('onFailureRetries', restartPolicy.onFailureRetries, 0),
    ...atLeast('onSubmissionFailureRetries', restartPolicy.onSubmissionFailureRetries, 0),
    ...atLeast('onFailureRetryInterval', restartPolicy.onFailureRetryInterval, 1),
    ...atLeast('onSubmissionFailureRetryInterval', restartPolicy.onSubmissionFailureRetryInterval, 1),
    ...atLeast('resetAfterSeconds', restartPolicy.resetAfterSeconds, 1),
    ...atLeast('backoff.factor', backoff.factor, 1),
    ...atLeast('backoff.maxIntervalSeconds', backoff.maxIntervalSeconds, 1),
    ...when(
      !((backoff.jitter ?? 0) >= 0 && (backoff.jitter ?? 0) <= 1),
      'spec.restartPolicy.backoff.jitter',
      'must be a share from 0 to 1',
    ),
  ];
};

/** A limit that has passed before anything began. */
export const timeoutNotPositive: Check = ({ spec: { timeouts = {} } }) =>
  (['driverStartSeconds', 'executorsStartSeconds', 'runSeconds'] as const).flatMap((name) =>
    when((timeouts[name] ?? 1) < 1, `spec.timeouts.${name}`, 'must be at least 1 second: leave it out for no limit'),
  );

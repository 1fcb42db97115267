/**
 * Why an attempt or an application failed: a closed list, so that people, alerts and restart policies can match on it.
 * The message beside it tells the particulars, what the operator does next and when.
 */
export const failureReasons = [
  'ApplicationError',
  'DriverOOMKilled',
  'DriverEvicted',
  'DriverPodMissing',
  'DriverPodConflict',
  'NodeLost',
  'ImagePull',
  'Unschedulable',
  'QuotaExceeded',
  'ConfigMapNotFound',
  'SecretNotFound',
  'ServiceAccountNotFound',
  'ContainerConfigError',
  'SubmissionRejected',
  'InvalidSpec',
  'UnsupportedSpec',
  'Timeout',
  'Unknown',
] as const;

export type FailureReason = (typeof failureReasons)[number];

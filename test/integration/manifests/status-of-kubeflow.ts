/** Statuses as kubeflow's operator writes them: before anything happened, while it runs, and after. */
export const statusOfKubeflow: readonly object[] = [
  { applicationState: { state: '' }, driverInfo: {}, lastSubmissionAttemptTime: null, terminationTime: null },
  {
    applicationState: { state: 'RUNNING' },
    driverInfo: {
      podName: 'left-behind-driver',
      webUIAddress: '10.96.14.7:4040',
      webUIPort: 4040,
      webUIServiceName: 'left-behind-ui-svc',
    },
    executionAttempts: 1,
    executorState: {
      'left-behind-1234567890abcdef-exec-1': 'RUNNING',
      'left-behind-1234567890abcdef-exec-2': 'PENDING',
    },
    lastSubmissionAttemptTime: '2026-11-22T10:00:00Z',
    sparkApplicationId: 'spark-0123456789abcdef0123456789abcdef',
    submissionAttempts: 1,
    submissionID: '7d4b2f9e-0c1a-4a53-9d55-0d5a2d0d0f11',
    terminationTime: null,
  },
  {
    applicationState: { state: 'FAILED', errorMessage: 'driver container failed with ExitCode: 1, Reason: Error' },
    driverInfo: { podName: 'left-behind-driver', webUIIngressName: 'x', webUIIngressAddress: 'http://x/' },
    executorState: { 'left-behind-1234567890abcdef-exec-1': 'UNKNOWN' },
    lastSubmissionAttemptTime: '2026-11-22T10:00:00Z',
    terminationTime: '2026-11-22T10:05:00Z',
  },
];

/** Every state of an application, spelled as kubeflow spells them: other programs compare these strings. '' is New. */
export const applicationStates = [
  '',
  'SUBMITTED',
  'RUNNING',
  'COMPLETED',
  'FAILED',
  'SUBMISSION_FAILED',
  'PENDING_RERUN',
  'INVALIDATING',
  'SUCCEEDING',
  'FAILING',
  'SUSPENDING',
  'SUSPENDED',
  'RESUMING',
  'UNKNOWN',
] as const;

export type ApplicationState = (typeof applicationStates)[number];

/** State of one executor in `status.executorState`. */
export type ExecutorState = 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'UNKNOWN';

/** State of a schedule in `status.scheduleState`. '' is New; 'Validating' is never written, only understood. */
export type ScheduleState = '' | 'Validating' | 'Scheduled' | 'FailedValidation';

/** Whether no further run follows unless the specification is edited. */
export function isTerminal(state: ApplicationState): state is 'COMPLETED' | 'FAILED' {
  return state === 'COMPLETED' || state === 'FAILED';
}

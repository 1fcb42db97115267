import type { SparkApplicationStatus } from '../../api/sparkapplication-status.ts';
import type { ApplicationState } from '../../api/states.ts';
import { aDriverPod, ago, ended, HASH, idOf, kubeflows, statusIn } from '../../test/controller-seen.ts';
import { describeDecisions, type DecisionCases } from '../../test/decision-cases.ts';

/** The states in which an attempt ends, stops or waits for the next; the others are in decide.test.ts. */
type EndState = Exclude<ApplicationState, '' | 'SUBMITTED' | 'RUNNING' | 'UNKNOWN'>;

const running = { phase: 'Running', container: { kind: 'running', startedAt: ago(30) } } as const;
const failedRun = (status: SparkApplicationStatus = {}): SparkApplicationStatus =>
  statusIn('FAILING', {
    applicationState: { state: 'FAILING', reason: 'ApplicationError', errorMessage: 'exit 1' },
    attempts: [
      {
        number: 1,
        submissionID: idOf(1),
        startTime: ago(60),
        endTime: ago(2),
        state: 'FAILED',
        reason: 'ApplicationError',
      },
    ],
    ...status,
  });

const byState: Readonly<Record<EndState, DecisionCases>> = {
  SUCCEEDING: {
    'is COMPLETED': {
      given: { status: statusIn('SUCCEEDING'), pod: aDriverPod({ container: ended(0) }) },
      want: { state: 'COMPLETED', effects: [] },
    },
    'runs again with the policy Always': {
      given: {
        status: statusIn('SUCCEEDING'),
        spec: { restartPolicy: { type: 'Always' } },
        pod: aDriverPod({ container: ended(0) }),
      },
      want: { state: 'PENDING_RERUN', effects: ['record', 'deleteDriver'], isVerdict: true },
    },
  },
  FAILING: {
    'is FAILED without a policy': {
      given: { status: failedRun(), pod: aDriverPod({ container: ended(1) }) },
      want: { state: 'FAILED', effects: [], reason: 'ApplicationError' },
    },
    'waits for the next attempt': {
      given: {
        status: failedRun({ nextAttemptTime: ago(-3) }),
        spec: { restartPolicy: { type: 'OnFailure', onFailureRetries: 1 } },
        pod: aDriverPod({ container: ended(1) }),
      },
      want: { state: 'FAILING', effects: [], wakeIn: 3 },
    },
    'removes the driver that failed when the next attempt is due': {
      given: {
        status: failedRun({ nextAttemptTime: ago(0) }),
        spec: { restartPolicy: { type: 'OnFailure', onFailureRetries: 1 } },
        pod: aDriverPod({ container: ended(1) }),
      },
      want: { state: 'PENDING_RERUN', effects: ['record', 'deleteDriver'], isVerdict: true },
    },
    'is FAILED when the retries are used up': {
      given: {
        status: failedRun({ executionAttempts: 2 }),
        spec: { restartPolicy: { type: 'OnFailure', onFailureRetries: 1 } },
        pod: aDriverPod({ container: ended(1) }),
      },
      want: { state: 'FAILED', effects: [] },
    },
    'has its retries back after a long run': {
      given: {
        status: failedRun({ executionAttempts: 2 }),
        spec: { restartPolicy: { type: 'OnFailure', onFailureRetries: 1, resetAfterSeconds: 50 } },
        pod: aDriverPod({ container: ended(1) }),
      },
      want: { state: 'FAILING', status: { executionAttempts: 1 }, wakeIn: 4 },
    },
    'removes a driver that was given up but is alive, and waits': {
      given: {
        status: failedRun({ applicationState: { state: 'FAILING', reason: 'Timeout' }, nextAttemptTime: ago(-3) }),
        spec: { restartPolicy: { type: 'OnFailure', onFailureRetries: 1 } },
        pod: aDriverPod(running),
      },
      want: { state: 'FAILING', effects: ['deleteAttemptObjects', 'deleteDriver'], isVerdict: true, wakeIn: 3 },
    },
    'runs again at once when it was edited': {
      given: {
        status: failedRun({ nextAttemptTime: ago(-300) }),
        specHash: 'another',
        spec: { restartPolicy: { type: 'OnFailure', onFailureRetries: 1 } },
      },
      want: { state: 'SUBMITTED', isVerdict: true },
    },
  },
  SUBMISSION_FAILED: {
    'is FAILED without a policy': {
      given: {
        status: statusIn('SUBMISSION_FAILED', {
          applicationState: { state: 'SUBMISSION_FAILED', reason: 'QuotaExceeded', errorMessage: 'full' },
        }),
      },
      want: { state: 'FAILED', effects: [], reason: 'QuotaExceeded', error: /full/ },
    },
    'waits for the next submission': {
      given: {
        status: failedRun({
          applicationState: { state: 'SUBMISSION_FAILED', reason: 'QuotaExceeded' },
          executionAttempts: 0,
        }),
        spec: {
          restartPolicy: { type: 'OnFailure', onSubmissionFailureRetries: 2, onSubmissionFailureRetryInterval: 5 },
        },
      },
      want: { state: 'SUBMISSION_FAILED', effects: [], wakeIn: 4 },
    },
    'submits the next attempt when it is due': {
      given: {
        status: failedRun({
          applicationState: { state: 'SUBMISSION_FAILED', reason: 'QuotaExceeded' },
          executionAttempts: 0,
          nextAttemptTime: ago(1),
        }),
        spec: { restartPolicy: { type: 'OnFailure', onSubmissionFailureRetries: 2 } },
      },
      want: {
        state: 'SUBMITTED',
        effects: ['record', 'createAttempt', 'createUiService'],
        status: { submissionID: idOf(2), submissionAttempts: 2 },
      },
    },
  },
  PENDING_RERUN: {
    'waits while the old driver pod is being deleted': {
      given: { status: statusIn('PENDING_RERUN'), pod: aDriverPod({ deleting: true }) },
      want: { state: 'PENDING_RERUN', effects: [], wakeIn: 5 },
    },
    'claims the next attempt when the old driver pod is gone, after a live look': {
      given: { status: statusIn('PENDING_RERUN') },
      want: {
        state: 'SUBMITTED',
        effects: ['deleteAttemptObjects', 'record', 'createAttempt', 'createUiService'],
        isVerdict: true,
        status: {
          submissionID: idOf(2),
          submissionAttempts: 2,
          executionAttempts: 1,
          submission: { attempt: 2, lane: 'Native', specHash: HASH, specHashVersion: 1 },
        },
      },
    },
    'is suspended instead of run': {
      given: { status: statusIn('PENDING_RERUN'), spec: { suspend: true } },
      want: { state: 'SUSPENDED', effects: ['deleteAttemptObjects', 'deleteUiService'] },
    },
  },
  INVALIDATING: {
    'deletes the driver': {
      given: { status: statusIn('INVALIDATING'), specHash: 'another', pod: aDriverPod(running) },
      want: { state: 'INVALIDATING', effects: ['deleteDriver'], isVerdict: true },
    },
    'submits what was edited when the old driver is gone': {
      given: { status: statusIn('INVALIDATING', { submissionAttempts: 0, executionAttempts: 0 }), specHash: 'another' },
      want: {
        state: 'SUBMITTED',
        effects: ['deleteAttemptObjects', 'record', 'createAttempt', 'createUiService'],
        isVerdict: true,
        status: { submissionID: idOf(2), submissionAttempts: 1 },
      },
    },
  },
  SUSPENDING: {
    'waits for the driver to go': {
      given: { status: statusIn('SUSPENDING'), spec: { suspend: true }, pod: aDriverPod({ deleting: true }) },
      want: { state: 'SUSPENDING', effects: [], wakeIn: 5 },
    },
    'is SUSPENDED when the driver is gone, and forgets the run but not the count': {
      given: { status: statusIn('SUSPENDING'), spec: { suspend: true } },
      want: {
        state: 'SUSPENDED',
        effects: ['deleteAttemptObjects', 'deleteUiService'],
        isVerdict: true,
        status: { executionAttempts: 1 },
      },
    },
  },
  SUSPENDED: {
    'stays so while suspend is true': {
      given: { status: statusIn('SUSPENDED'), spec: { suspend: true } },
      want: { state: 'SUSPENDED', effects: [] },
    },
    'is submitted when suspend is false, whatever was edited meanwhile': {
      given: { status: statusIn('SUSPENDED'), specHash: 'another' },
      want: {
        state: 'SUBMITTED',
        effects: ['record', 'createAttempt', 'createUiService'],
        status: { submissionID: idOf(2) },
      },
    },
  },
  RESUMING: {
    'is submitted': {
      given: { status: statusIn('RESUMING') },
      want: { state: 'SUBMITTED', effects: ['record', 'createAttempt', 'createUiService'] },
    },
  },
  COMPLETED: {
    'stays, with its driver pod, for ever': {
      given: {
        status: statusIn('COMPLETED', { terminationTime: ago(9_999) }),
        pod: aDriverPod({ container: ended(0) }),
      },
      want: { state: 'COMPLETED', effects: [] },
    },
    'waits for its time to live': {
      given: {
        status: statusIn('COMPLETED', { terminationTime: ago(10) }),
        spec: { timeToLiveSeconds: 60 },
        pod: aDriverPod({ container: ended(0) }),
      },
      want: { state: 'COMPLETED', effects: [], wakeIn: 50 },
    },
    'is deleted at the end of its time to live': {
      given: {
        status: statusIn('COMPLETED', { terminationTime: ago(60) }),
        spec: { timeToLiveSeconds: 60 },
        pod: aDriverPod({ container: ended(0) }),
      },
      want: { state: 'COMPLETED', effects: ['deleteApplication'], isVerdict: true },
    },
    'runs again after an edit, even if the operator was down when it was made': {
      given: {
        status: statusIn('COMPLETED', { terminationTime: ago(60) }),
        specHash: 'another',
        pod: aDriverPod({ container: ended(0) }),
      },
      want: { state: 'INVALIDATING', effects: ['record', 'deleteDriver'], isVerdict: true },
    },
    'is not suspended': {
      given: { status: statusIn('COMPLETED'), spec: { suspend: true } },
      want: { state: 'COMPLETED', effects: [] },
    },
    'loses the objects of a driver pod that somebody deleted': {
      given: { status: statusIn('COMPLETED'), driverDeleted: true },
      want: { state: 'COMPLETED', effects: ['deleteAttemptObjects'], isVerdict: true },
    },
    'left by kubeflow gets its hash recorded and is not run again': {
      given: { status: kubeflows('COMPLETED') },
      want: { state: 'COMPLETED', effects: [] },
    },
  },
  FAILED: {
    'that was refused is looked at again after an edit of a field that no run depends on': {
      given: {
        status: statusIn('FAILED', {
          applicationState: { state: 'FAILED', reason: 'InvalidSpec' },
          observedGeneration: 1,
        }),
        metadata: { generation: 2 },
      },
      want: { state: 'SUBMITTED', isVerdict: true, status: { submissionID: idOf(2), submissionAttempts: 1 } },
    },
    'that was refused and not edited stays': {
      given: {
        status: statusIn('FAILED', {
          applicationState: { state: 'FAILED', reason: 'InvalidSpec' },
          observedGeneration: 1,
        }),
      },
      want: { state: 'FAILED', effects: [] },
    },
    stays: {
      given: {
        status: failedRun({ applicationState: { state: 'FAILED', reason: 'ApplicationError' } }),
        pod: aDriverPod({ container: ended(1) }),
      },
      want: { state: 'FAILED', effects: [] },
    },
    'loses a driver that was given up but is alive': {
      given: {
        status: failedRun({ applicationState: { state: 'FAILED', reason: 'Timeout' } }),
        pod: aDriverPod(running),
      },
      want: { state: 'FAILED', effects: ['deleteAttemptObjects', 'deleteDriver'], isVerdict: true },
    },
    "by kubeflow's word keeps a driver that is alive": {
      given: { status: kubeflows('FAILED'), pod: aDriverPod(running) },
      want: { state: 'FAILED', effects: [] },
    },
  },
};

describeDecisions('decide, at the end of an attempt', byState);

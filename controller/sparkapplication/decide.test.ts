import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationStatus } from '../../api/sparkapplication-status.ts';
import { applicationStates } from '../../api/states.ts';
import { aDriverPod, ago, anExecutorPod, ended, HASH, idOf, kubeflows, statusIn } from '../../test/controller-seen.ts';
import type { Prepare } from './seen.ts';
import { describeDecisions, type DecisionCases } from '../../test/decision-cases.ts';

/** The states of an attempt under way; those in which one ends are in decide-end.test.ts. */
type StartState = '' | 'SUBMITTED' | 'RUNNING' | 'UNKNOWN';

const running = { phase: 'Running', container: { kind: 'running', startedAt: ago(30) } } as const;
const unsubmitted: SparkApplicationStatus = {
  conditions: [{ type: 'Submitted', status: 'Unknown', reason: 'Submitting', message: '', lastTransitionTime: ago(5) }],
};
const stuckSince = (seconds: number, reason = 'ImagePull'): SparkApplicationStatus => ({
  conditions: [
    { type: 'DriverReady', status: 'False', reason, message: 'first words', lastTransitionTime: ago(seconds) },
    { type: 'Submitted', status: 'True', reason: 'Native', message: '', lastTransitionTime: ago(59) },
  ],
});
const pulling = { kind: 'waiting', reason: 'ImagePullBackOff', message: 'Back-off pulling image' } as const;
const refused = { kind: 'Refused', reason: 'InvalidSpec', message: 'spec.driver.memory: not a quantity' } as const;
const warned: Prepare = () => ({
  kind: 'Ready',
  plan: {
    lane: 'Native',
    sparkApplicationId: 'spark-1',
    driverPod: {},
    resources: [],
    warnings: ['spec.executor.memoryLimit: has no effect'],
  },
  podDefaults: [],
});
const byState: Readonly<Record<StartState, DecisionCases>> = {
  '': {
    'a new application is claimed first, then created': {
      given: {},
      want: {
        state: 'SUBMITTED',
        effects: ['record', 'createAttempt', 'createUiService'],
        isVerdict: false,
        status: {
          submissionID: idOf(1),
          submissionAttempts: 1,
          lastSubmissionAttemptTime: ago(0),
          submission: { attempt: 1, lane: 'Native', specHash: HASH, specHashVersion: 1 },
        },
        condition: { type: 'Submitted', status: 'Unknown', reason: 'Submitting' },
      },
    },
    'fields that Spark will not heed are said with the claim': {
      given: { prepare: warned },
      want: {
        state: 'SUBMITTED',
        effects: ['record', 'createAttempt'],
        condition: {
          type: 'FullyApplied',
          status: 'False',
          reason: 'FieldsWithoutEffect',
        },
      },
    },
    'a new application that is suspended is not submitted': {
      given: { spec: { suspend: true } },
      want: { state: 'SUSPENDED', effects: [] },
    },
    'a new application that breaks a rule fails at once, with nothing created': {
      given: { prepare: () => refused },
      want: {
        state: 'FAILED',
        effects: [],
        reason: 'InvalidSpec',
        error: /spec\.driver\.memory/,
        condition: { type: 'Failed', status: 'True', reason: 'InvalidSpec' },
      },
    },
    'a rule that is broken is not tried again even if the policy is Always': {
      given: { prepare: () => refused, spec: { restartPolicy: { type: 'Always' } } },
      want: { state: 'FAILED', effects: [], reason: 'InvalidSpec' },
    },
  },
  SUBMITTED: {
    'a claim without a driver pod is created again by the same attempt, after a live look': {
      given: { status: statusIn('SUBMITTED', { ...unsubmitted, executionAttempts: 0 }) },
      want: {
        state: 'SUBMITTED',
        effects: ['createAttempt', 'createUiService'],
        isVerdict: true,
        status: { submissionAttempts: 1, submissionID: idOf(1) },
      },
    },
    'a claim whose driver pod turns up is submitted without another create': {
      given: { status: statusIn('SUBMITTED', { ...unsubmitted, executionAttempts: 0 }), pod: aDriverPod() },
      want: {
        state: 'SUBMITTED',
        effects: [],
        status: { executionAttempts: 1 },
        condition: { type: 'Submitted', status: 'True', reason: 'Native' },
      },
    },
    'a UI Service that the last process did not come to is made': {
      given: { status: statusIn('SUBMITTED', { driverInfo: { podName: 'pi-driver' } }), pod: aDriverPod() },
      want: { state: 'SUBMITTED', effects: ['createUiService'] },
    },
    'a driver that is not in the cache yet is waited for during the grace period': {
      given: { status: statusIn('SUBMITTED', { lastSubmissionAttemptTime: ago(4) }) },
      want: { state: 'SUBMITTED', effects: [], isVerdict: false, wakeIn: 6 },
    },
    'a driver that is missing after the grace period has failed, once that is confirmed': {
      given: { status: statusIn('SUBMITTED') },
      want: { state: 'FAILED', isVerdict: true, reason: 'DriverPodMissing' },
    },
    'a driver that was seen to be deleted is not waited for': {
      given: { status: statusIn('SUBMITTED', { lastSubmissionAttemptTime: ago(4) }), driverDeleted: true },
      want: { state: 'FAILED', isVerdict: true, reason: 'DriverPodMissing' },
    },
    'a driver that runs makes it RUNNING': {
      given: { status: statusIn('SUBMITTED'), pod: aDriverPod(running) },
      want: { state: 'RUNNING', effects: [], condition: { type: 'DriverReady', status: 'True', reason: 'Running' } },
    },
    'an image that cannot be pulled is told at once and waited for': {
      given: {
        status: statusIn('SUBMITTED'),
        pod: aDriverPod({ node: 'n1', image: 'localhost/spark:4.0.1', container: pulling }),
      },
      want: {
        state: 'SUBMITTED',
        effects: [],
        wakeIn: 30,
        condition: { type: 'DriverReady', status: 'False', reason: 'ImagePull' },
      },
    },
    'an image that cannot be pulled fails the attempt after the grace period, and takes pod and objects away': {
      given: { status: statusIn('SUBMITTED', stuckSince(31)), pod: aDriverPod({ node: 'n1', container: pulling }) },
      want: {
        state: 'FAILED',
        effects: ['record', 'deleteAttemptObjects', 'deleteDriver'],
        isVerdict: true,
        reason: 'ImagePull',
        error: /first words/,
      },
    },
    "a missing Secret that only the kubelet's events tell of is named": {
      given: {
        status: statusIn('SUBMITTED'),
        pod: aDriverPod({ node: 'n1' }),
        warnings: ['MountVolume.SetUp failed for volume "x" : secret "login" not found'],
      },
      want: { state: 'SUBMITTED', condition: { type: 'DriverReady', status: 'False', reason: 'SecretNotFound' } },
    },
    'a problem that went away is taken back': {
      given: { status: statusIn('SUBMITTED', stuckSince(10)), pod: aDriverPod({ node: 'n1' }) },
      want: {
        state: 'SUBMITTED',
        effects: [],
        condition: { type: 'DriverReady', status: 'Unknown', reason: 'Pending' },
      },
    },
    'a driver without a node waits for capacity and does not fail': {
      given: {
        status: statusIn('SUBMITTED', { lastSubmissionAttemptTime: ago(9_999) }),
        pod: aDriverPod({ unschedulable: '0/3 nodes are available' }),
      },
      want: {
        state: 'SUBMITTED',
        effects: [],
        condition: { type: 'WaitingForCapacity', status: 'True', reason: 'Unschedulable' },
      },
    },
    'a driver that does not start in time fails with Timeout': {
      given: { status: statusIn('SUBMITTED'), spec: { timeouts: { driverStartSeconds: 60 } }, pod: aDriverPod() },
      want: {
        state: 'FAILED',
        effects: ['record', 'deleteAttemptObjects', 'deleteDriver'],
        reason: 'Timeout',
        error: /driverStartSeconds/,
      },
    },
    'suspend takes the driver away': {
      given: { status: statusIn('SUBMITTED'), spec: { suspend: true }, pod: aDriverPod() },
      want: { state: 'SUSPENDING', effects: ['record', 'deleteDriver'], isVerdict: true },
    },
    'an application that kubeflow submitted is followed, and its hash recorded': {
      given: { status: kubeflows('SUBMITTED'), pod: aDriverPod() },
      want: {
        state: 'SUBMITTED',
        effects: [],
        status: {
          executionAttempts: 1,
          submissionAttempts: 1,
          submission: {
            attempt: 1,
            lane: 'SparkSubmit',
            reasons: ['Submitted by another operator before this one took over'],
            specHash: HASH,
            specHashVersion: 1,
          },
        },
      },
    },
  },
  RUNNING: {
    'nothing new changes nothing': {
      given: {
        status: statusIn('RUNNING', {
          executors: { desired: 1, pending: 0, running: 0, succeeded: 0, failed: 0 },
          sparkApplicationId: 'spark-1',
        }),
        pod: aDriverPod(running),
      },
      want: { state: 'RUNNING', effects: [] },
    },
    'executors are counted': {
      given: {
        status: statusIn('RUNNING'),
        pod: aDriverPod(running),
        executors: [anExecutorPod(1, running), anExecutorPod(2)],
      },
      want: {
        state: 'RUNNING',
        status: {
          executorState: { 'pi-exec-1': 'RUNNING', 'pi-exec-2': 'PENDING' },
          executors: { desired: 1, pending: 1, running: 1, succeeded: 0, failed: 0 },
        },
      },
    },
    'a driver that exits with 0 completes the application, and its executors with it': {
      given: {
        status: statusIn('RUNNING', { executorState: { 'pi-exec-1': 'RUNNING' } }),
        pod: aDriverPod({ phase: 'Succeeded', container: ended(0) }),
      },
      want: {
        state: 'COMPLETED',
        effects: [],
        isVerdict: false,
        status: { executorState: { 'pi-exec-1': 'COMPLETED' }, terminationTime: ago(0) },
        condition: { type: 'Succeeded', status: 'True', reason: 'Completed' },
      },
    },
    'a driver container that ended counts although a sidecar keeps the pod running': {
      given: { status: statusIn('RUNNING'), pod: aDriverPod({ phase: 'Running', container: ended(0) }) },
      want: { state: 'COMPLETED', effects: [] },
    },
    'a driver that exits with 1 fails the application': {
      given: { status: statusIn('RUNNING'), pod: aDriverPod({ phase: 'Failed', container: ended(1) }) },
      want: {
        state: 'FAILED',
        effects: [],
        isVerdict: true,
        reason: 'ApplicationError',
        error: /ExitCode: 1, Reason: Error/,
      },
    },
    'a driver that ran out of memory says so': {
      given: { status: statusIn('RUNNING'), pod: aDriverPod({ phase: 'Failed', container: ended(137, 'OOMKilled') }) },
      want: { state: 'FAILED', reason: 'DriverOOMKilled' },
    },
    'a driver that was evicted says so': {
      given: { status: statusIn('RUNNING'), pod: aDriverPod({ phase: 'Failed', reason: 'Evicted' }) },
      want: { state: 'FAILED', reason: 'DriverEvicted' },
    },
    'a failure with retries left waits for the interval, counted from the failure': {
      given: {
        status: statusIn('RUNNING'),
        spec: { restartPolicy: { type: 'OnFailure', onFailureRetries: 1, onFailureRetryInterval: 10 } },
        pod: aDriverPod({ phase: 'Failed', container: ended(1) }),
      },
      want: { state: 'FAILING', effects: [], wakeIn: 10, status: { nextAttemptTime: ago(-10) } },
    },
    'a driver pod that is gone has failed, once that is confirmed': {
      given: { status: statusIn('RUNNING') },
      want: { state: 'FAILED', isVerdict: true, reason: 'DriverPodMissing', error: /driver pod not found/ },
    },
    'a node that is lost makes it UNKNOWN': {
      given: { status: statusIn('RUNNING'), pod: aDriverPod({ phase: 'Unknown' }) },
      want: { state: 'UNKNOWN', effects: [] },
    },
    'a run that takes too long is stopped': {
      given: { status: statusIn('RUNNING'), spec: { timeouts: { runSeconds: 30 } }, pod: aDriverPod(running) },
      want: {
        state: 'FAILED',
        effects: ['record', 'deleteAttemptObjects', 'deleteDriver'],
        reason: 'Timeout',
        error: /runSeconds/,
      },
    },
    'a driver without executors is stopped when they do not come in time': {
      given: {
        status: statusIn('RUNNING'),
        spec: { timeouts: { executorsStartSeconds: 20 } },
        pod: aDriverPod(running),
      },
      want: { state: 'FAILED', reason: 'Timeout', error: /executorsStartSeconds/ },
    },
    'a time limit that has not passed is waited for': {
      given: { status: statusIn('RUNNING'), spec: { timeouts: { runSeconds: 100 } }, pod: aDriverPod(running) },
      want: { state: 'RUNNING', effects: [], wakeIn: 70 },
    },
    'an edit stops the run': {
      given: { status: statusIn('RUNNING'), specHash: 'another', pod: aDriverPod(running) },
      want: {
        state: 'INVALIDATING',
        effects: ['record', 'deleteDriver'],
        isVerdict: true,
        status: { submissionAttempts: 0, executionAttempts: 0 },
      },
    },
    'a hash of another version is replaced and restarts nothing': {
      given: {
        status: statusIn('RUNNING', {
          submission: { attempt: 1, lane: 'Native', specHash: 'old', specHashVersion: 0 },
        }),
        pod: aDriverPod(running),
      },
      want: {
        state: 'RUNNING',
        effects: [],
        status: {
          submission: {
            attempt: 1,
            lane: 'Native',
            specHash: HASH,
            specHashVersion: 1,
            reasons: ['Submitted by another operator before this one took over'],
          },
        },
      },
    },
    'suspend stops the run': {
      given: { status: statusIn('RUNNING'), spec: { suspend: true }, pod: aDriverPod(running) },
      want: { state: 'SUSPENDING', effects: ['record', 'deleteDriver'], isVerdict: true },
    },
    'an application that kubeflow started is followed to its end': {
      given: { status: kubeflows('RUNNING'), pod: aDriverPod({ phase: 'Succeeded', container: ended(0) }) },
      want: { state: 'COMPLETED', effects: [], status: { executionAttempts: 1, submissionAttempts: 1 } },
    },
    'an application under deletion loses its driver': {
      given: { status: statusIn('RUNNING'), metadata: { deletionTimestamp: ago(1) }, pod: aDriverPod(running) },
      want: { state: 'RUNNING', effects: ['deleteDriver'] },
    },
  },
  UNKNOWN: {
    'a driver that is back makes it RUNNING again': {
      given: { status: statusIn('UNKNOWN'), pod: aDriverPod(running) },
      want: { state: 'RUNNING', effects: [] },
    },
    'a driver that waits again makes it SUBMITTED': {
      given: { status: statusIn('UNKNOWN'), pod: aDriverPod() },
      want: { state: 'SUBMITTED', effects: [] },
    },
  },
};

describeDecisions('decide, while an attempt is under way', byState);

describe('decide', () => {
  it('has its drawing tell every state', () => {
    const drawing = readFileSync(new URL('decide.ts', import.meta.url), 'utf8').split('*/')[0] ?? '';
    expect(applicationStates.filter((state) => state !== '' && !drawing.includes(state))).toEqual([]);
  });
});

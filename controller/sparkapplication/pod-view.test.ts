import { describe, expect, it } from '@jest/globals';
import type { Pod } from '../../api/kubernetes.ts';
import { driverOf } from './driver.ts';
import { podView } from './pod-view.ts';

const labels = {
  'sparkoperator.k8s.io/app-name': 'pi',
  'sparkoperator.k8s.io/submission-id': 'id-1',
  'spark-app-selector': 'spark-1',
  'spark-role': 'driver',
};

type Status = NonNullable<Pod['status']>;
type State = NonNullable<NonNullable<Status['containerStatuses']>[number]['state']>;

const container = (name: string, state: State) => ({
  name,
  image: 'spark',
  imageID: '',
  ready: false,
  restartCount: 0,
  state,
});

/** A driver pod with a sidecar behind the Spark container. */
const driver = (status: Status, spark = 'spark-kubernetes-driver'): Pod => ({
  metadata: { name: 'pi-driver', namespace: 'default', uid: 'u1', labels, annotations: { large: 'x'.repeat(100) } },
  spec: {
    nodeName: 'node-1',
    containers: [
      { name: spark, image: 'spark:4', args: ['driver', '--class', 'Pi'] },
      { name: 'sidecar', image: 'proxy' },
    ],
  },
  status,
});

describe('podView', () => {
  it('keeps what decisions read and nothing else', () => {
    expect(podView(driver({ phase: 'Pending', startTime: '2026-01-01T00:00:00Z', qosClass: 'Burstable' }))).toEqual({
      uid: 'u1',
      namespace: 'default',
      name: 'pi-driver',
      app: 'pi',
      submissionId: 'id-1',
      role: 'driver',
      sparkAppId: 'spark-1',
      executorId: '',
      phase: 'Pending',
      deleting: false,
      node: 'node-1',
      startTime: '2026-01-01T00:00:00Z',
      image: 'spark:4',
    });
  });

  it('tells an init container that cannot start before the Spark container that waits for it', () => {
    const view = podView(
      driver({
        phase: 'Pending',
        initContainerStatuses: [container('init', { waiting: { reason: 'ErrImagePull', message: 'no such image' } })],
        containerStatuses: [container('spark-kubernetes-driver', { waiting: { reason: 'PodInitializing' } })],
      }),
    );
    expect(view.container).toEqual({ kind: 'waiting', reason: 'ErrImagePull', message: 'no such image' });
  });

  it('tells what the scheduler says', () => {
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: '0/1 nodes are available',
    };
    expect(podView(driver({ phase: 'Pending', conditions: [condition] })).unschedulable).toBe(
      '0/1 nodes are available',
    );
  });
});

interface Case {
  readonly given: Pod;
  readonly want: object;
}

const exited = (exitCode: number, reason: string): State => ({
  terminated: { exitCode, reason, finishedAt: '2026-01-01T00:00:09Z' },
});

const drivers: Record<string, Case> = {
  'a container of another name is the driver when its first argument says so': {
    given: driver(
      {
        phase: 'Running',
        containerStatuses: [container('sidecar', { running: {} }), container('mine', exited(0, 'Completed'))],
      },
      'mine',
    ),
    want: { phase: 'Succeeded', end: { exitCode: 0, endTime: '2026-01-01T00:00:09Z', errorMessage: '', message: '' } },
  },
  'a sidecar that ended says nothing of the driver': {
    given: driver({
      phase: 'Running',
      containerStatuses: [
        container('sidecar', exited(1, 'Error')),
        container('spark-kubernetes-driver', { running: { startedAt: '2026-01-01T00:00:05Z' } }),
      ],
    }),
    want: { phase: 'Running', startedAt: '2026-01-01T00:00:05Z' },
  },
  'a driver that waits while a sidecar runs is pending': {
    given: driver({
      phase: 'Running',
      containerStatuses: [
        container('sidecar', { running: {} }),
        container('spark-kubernetes-driver', { waiting: { reason: 'ImagePullBackOff' } }),
      ],
    }),
    want: { phase: 'Pending' },
  },
  "a failure is told in kubeflow's words": {
    given: driver({ phase: 'Failed', containerStatuses: [container('spark-kubernetes-driver', exited(2, 'Error'))] }),
    want: {
      phase: 'Failed',
      end: {
        exitCode: 2,
        reason: 'ApplicationError',
        errorMessage: 'driver container failed with ExitCode: 2, Reason: Error',
      },
    },
  },
  'an eviction is told by the pod': {
    given: driver({ phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory' }),
    want: { phase: 'Failed', end: { reason: 'DriverEvicted', message: 'The node was low on resource: memory' } },
  },
  'a pod that the garbage collector ended lost its node': {
    given: driver({
      phase: 'Failed',
      conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'DeletionByPodGC' }],
    }),
    want: { phase: 'Failed', end: { reason: 'NodeLost' } },
  },
  'a pod that somebody deletes is missing, whatever its container exits with': {
    given: {
      ...driver({ phase: 'Failed', containerStatuses: [container('spark-kubernetes-driver', exited(143, 'Error'))] }),
      metadata: { name: 'pi-driver', labels, deletionTimestamp: '2026-01-01T00:00:00Z' },
    },
    want: { phase: 'Failed', end: { reason: 'DriverPodMissing' } },
  },
};

describe('driverOf', () => {
  it.each(Object.entries(drivers))('%s', (_name, { given, want }) => {
    expect(driverOf(podView(given))).toMatchObject(want);
  });

  it('is absent without a pod', () => {
    expect(driverOf(undefined)).toEqual({ phase: 'Absent' });
  });
});

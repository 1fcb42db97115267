import { LABEL_APP_NAME, LABEL_SPARK_EXEC_ID, LABEL_SPARK_ROLE, LABEL_SUBMISSION_ID } from '../api/labels.ts';
import type { KubernetesEvent, Pod } from '../api/kubernetes.ts';
import type { FakeObject } from './fake-cli.ts';

type ContainerState = NonNullable<NonNullable<NonNullable<Pod['status']>['containerStatuses']>[number]['state']>;

interface PodOptions {
  readonly app?: string;
  readonly name?: string;
  readonly phase?: string;
  readonly submissionID?: string;
  readonly state?: ContainerState;
  readonly status?: Pod['status'];
}

const running: ContainerState = { running: { startedAt: '2026-01-01T00:01:00Z' } };

/** The driver pod of an application, running unless told otherwise. */
export const aDriverPod = (options: PodOptions = {}): FakeObject & Pod =>
  aSparkPod({ name: `${options.app ?? 'pi'}-driver`, ...options }, 'driver', {});

/** An executor pod of an application, running unless told otherwise. */
export const anExecutorPod = (id: number, options: PodOptions = {}): FakeObject & Pod =>
  aSparkPod({ name: `${options.app ?? 'pi'}-exec-${id}`, ...options }, 'executor', {
    [LABEL_SPARK_EXEC_ID]: String(id),
  });

function aSparkPod(
  { app = 'pi', name = '', phase = 'Running', submissionID, state = running, status }: PodOptions,
  role: 'driver' | 'executor',
  labels: Readonly<Record<string, string>>,
): FakeObject & Pod {
  const container = `spark-kubernetes-${role}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      uid: `uid-of-${name}`,
      creationTimestamp: '2026-01-01T00:00:30Z',
      labels: {
        [LABEL_APP_NAME]: app,
        [LABEL_SPARK_ROLE]: role,
        ...(submissionID === undefined ? {} : { [LABEL_SUBMISSION_ID]: submissionID }),
        ...labels,
      },
    },
    spec: { nodeName: 'node-1', containers: [{ name: 'sidecar' }, { name: container }] },
    status: {
      phase,
      containerStatuses: [
        { name: container, image: 'spark', imageID: '', ready: phase === 'Running', restartCount: 0, state },
      ],
      ...status,
    },
  };
}

/** An event about an application or one of its pods. */
export const anEvent = (
  reason: string,
  message: string,
  about: { kind?: string; name?: string; uid?: string; time?: string; type?: string; count?: number } = {},
): FakeObject & KubernetesEvent => {
  const { kind = 'SparkApplication', name = 'pi', time = '2026-01-01T00:05:00Z', type = 'Normal', count = 1 } = about;
  const uid = about.uid ?? '5f6f4d3e-8a3b-4d8e-9a53-0c1d2e3f4a5b';
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${reason}`, namespace: 'default', resourceVersion: '1' },
    involvedObject: { kind, name, namespace: 'default', uid },
    reason,
    message,
    type,
    count,
    lastTimestamp: time,
  };
};

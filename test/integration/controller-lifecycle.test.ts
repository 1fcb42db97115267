import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubernetesEvent, Pod } from '../../api/kubernetes.ts';
import { LABEL_APP_NAME, LABEL_LAUNCHED_BY, LABEL_SUBMISSION_ID } from '../../api/labels.ts';
import type { KubeClient } from '../../kube/client.ts';
import { isNotFound } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import { tappedClient } from '../tapped-client.ts';
import {
  applicationsOf,
  recordDrivers,
  startCluster,
  startController,
  until,
  withBehaviour,
  type Applications,
  type Cluster,
  type DriverRecord,
  type RunningController,
} from './controller-harness.ts';

const driverRef = (namespace: string, name: string) => ({ namespace, name: `${name}-driver` });

/** Each test waits for conditions that tell what is missing; this is only the last resort. */
const TEST_MS = 60_000;

describe('the life of an application', () => {
  let cluster: Cluster;
  let namespace: string;
  let apps: Applications;
  let controller: RunningController;
  let drivers: DriverRecord;
  /** What the controller wrote, as `verb resource`; events apart. */
  let writes: string[];

  const counted = (client: KubeClient): KubeClient =>
    tappedClient(client, {
      before: async ({ verb, resource }) => {
        if (resource !== 'events') writes.push(`${verb} ${resource}`);
      },
    });

  const driverPod = (name: string): Promise<Pod> => cluster.client.get(resources.pods, driverRef(namespace, name));

  const hasDriver = async (name: string): Promise<boolean> =>
    driverPod(name).then(
      () => true,
      (error: unknown) => {
        if (isNotFound(error)) return false;
        throw error;
      },
    );

  const eventsOf = async (name: string): Promise<readonly KubernetesEvent[]> => {
    const { items } = await cluster.client.list(resources.events, {
      namespace,
      fieldSelector: `involvedObject.name=${name}`,
    });
    return items;
  };

  beforeAll(async () => {
    cluster = await startCluster('lifecycle');
  }, 120_000);
  afterAll(() => cluster.stop());

  beforeEach(async () => {
    namespace = await cluster.namespace();
    apps = applicationsOf(cluster.client, namespace);
    drivers = await recordDrivers(cluster.client, namespace);
    writes = [];
    controller = await startController(counted(cluster.client), namespace);
  });
  afterEach(async () => {
    await controller.stop();
    await drivers.stop();
  }, TEST_MS);

  it(
    'goes from creation to COMPLETED, and tells it in status and events',
    async () => {
      await apps.create('pi', withBehaviour({ executors: 2, runMs: 400 }, { executor: { instances: 2 } }));
      const { status, metadata } = await apps.untilState('pi', 'COMPLETED');

      expect(status).toMatchObject({
        executionAttempts: 1,
        submissionAttempts: 1,
        submission: { attempt: 1, lane: 'Native' },
        executors: { desired: 2, pending: 0, running: 0, succeeded: 2, failed: 0 },
        driverInfo: { podName: 'pi-driver', webUIServiceName: 'pi-ui-svc', webUIPort: 4040 },
        attempts: [{ number: 1, exitCode: 0, state: 'COMPLETED', driverPodName: 'pi-driver' }],
        observedGeneration: 1,
      });
      expect(Object.values(status?.executorState ?? {})).toEqual(['COMPLETED', 'COMPLETED']);
      expect(status?.conditions).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ type: 'Submitted', status: 'True' }),
          expect.objectContaining({ type: 'Succeeded', status: 'True', reason: 'Completed' }),
        ]),
      );
      const pod = await driverPod('pi');
      expect(pod.metadata?.labels).toMatchObject({
        [LABEL_APP_NAME]: 'pi',
        [LABEL_LAUNCHED_BY]: 'true',
        [LABEL_SUBMISSION_ID]: status?.submissionID,
      });
      expect(pod.metadata?.ownerReferences).toEqual([
        expect.objectContaining({ kind: 'SparkApplication', uid: metadata.uid }),
      ]);
      const reasons = await until('all events', async () => {
        const told = (await eventsOf('pi')).map(({ reason }) => reason);
        return told.includes('SparkApplicationCompleted') ? told : undefined;
      });
      expect(reasons.length).toBeLessThanOrEqual(6);
      expect(reasons).toEqual(
        expect.arrayContaining([
          'SparkApplicationSubmitted',
          'SparkDriverRunning',
          'SparkDriverCompleted',
          'SparkApplicationCompleted',
        ]),
      );
    },
    TEST_MS,
  );

  it(
    'runs again after a failure as often as the policy says, and keeps the history',
    async () => {
      const restartPolicy = { type: 'OnFailure', onFailureRetries: 1, onFailureRetryInterval: 1 } as const;
      await apps.create('pi', withBehaviour({ runMs: 20, exitCode: 3, terminationMessage: 'boom' }, { restartPolicy }));
      const { status } = await apps.untilState('pi', 'FAILED');

      expect(status?.attempts).toEqual([
        expect.objectContaining({
          number: 1,
          exitCode: 3,
          reason: 'ApplicationError',
          message: 'boom',
          state: 'FAILED',
        }),
        expect.objectContaining({
          number: 2,
          exitCode: 3,
          reason: 'ApplicationError',
          message: 'boom',
          state: 'FAILED',
        }),
      ]);
      expect(status?.applicationState).toMatchObject({
        reason: 'ApplicationError',
        errorMessage: expect.stringContaining('ExitCode: 3'),
      });
      expect([...drivers.bySubmission().values()]).toEqual([1, 1]);
      const configMaps = await cluster.client.list(resources.configmaps, {
        namespace,
        labelSelector: LABEL_SUBMISSION_ID,
      });
      expect(new Set(configMaps.items.map(({ metadata }) => metadata?.labels?.[LABEL_SUBMISSION_ID]))).toEqual(
        new Set([status?.submissionID]),
      );
    },
    TEST_MS,
  );

  it(
    'is suspended and resumed',
    async () => {
      await apps.create('pi', withBehaviour({ runMs: -1 }));
      await apps.untilState('pi', 'RUNNING');
      await apps.edit('pi', { spec: { suspend: true } });
      await apps.untilState('pi', 'SUSPENDED');
      expect(await hasDriver('pi')).toBe(false);
      const left = await cluster.client.list(resources.configmaps, { namespace, labelSelector: LABEL_SUBMISSION_ID });
      expect(left.items).toEqual([]);

      await apps.edit('pi', { spec: { suspend: false } });
      const { status } = await apps.untilState('pi', 'RUNNING');
      expect(status?.submission?.attempt).toBe(2);
      expect(status?.attempts?.[0]?.state).toBe('SUSPENDED');
      expect([...drivers.bySubmission().values()]).toEqual([1, 1]);
    },
    TEST_MS,
  );

  it(
    'is not submitted when it is created suspended',
    async () => {
      await apps.create('pi', { suspend: true });
      await apps.untilState('pi', 'SUSPENDED');
      await apps.edit('pi', { spec: { suspend: false } });
      await apps.untilState('pi', 'COMPLETED');
      expect([...drivers.bySubmission().values()]).toEqual([1]);
    },
    TEST_MS,
  );

  it(
    'is deleted when its time to live has passed',
    async () => {
      await apps.create('pi', withBehaviour({ runMs: 20 }, { timeToLiveSeconds: 1 }));
      await apps.untilState('pi', 'COMPLETED');
      await apps.untilGone('pi');
    },
    TEST_MS,
  );

  it(
    'runs again when an edit changes what runs, and not when it changes something else',
    async () => {
      await apps.create('pi', withBehaviour({ runMs: -1 }));
      await apps.untilState('pi', 'RUNNING');
      await apps.edit('pi', { spec: { timeToLiveSeconds: 900, restartPolicy: { type: 'Never' } } });
      await apps.untilStatus('pi', 'the edit observed', ({ status }) => status?.observedGeneration === 2);
      await apps.edit('pi', { spec: { arguments: ['7'] } });
      await apps.untilStatus(
        'pi',
        'attempt 2',
        ({ status }) => status?.submission?.attempt === 2 && status.applicationState?.state === 'RUNNING',
      );
      expect([...drivers.bySubmission().values()]).toEqual([1, 1]);
      expect((await driverPod('pi')).spec?.containers[0]?.args).toContain('7');
    },
    TEST_MS,
  );

  it(
    'notices an edit that was made while the controller was down',
    async () => {
      await apps.create('pi', withBehaviour({ runMs: 20 }));
      await apps.untilState('pi', 'COMPLETED');
      await controller.stop();
      await apps.edit('pi', { spec: { arguments: ['7'] } });
      controller = await startController(cluster.client, namespace);
      const { status } = await apps.untilStatus(
        'pi',
        'attempt 2 completed',
        (app) => app.status?.submission?.attempt === 2 && app.status.applicationState?.state === 'COMPLETED',
      );
      expect(status?.executionAttempts).toBe(1);
    },
    TEST_MS,
  );

  it(
    'fails when somebody deletes its driver',
    async () => {
      await apps.create('pi', withBehaviour({ runMs: -1 }));
      await apps.untilState('pi', 'RUNNING');
      await cluster.client.delete(resources.pods, driverRef(namespace, 'pi'));
      const { status } = await apps.untilState('pi', 'FAILED');
      expect(status?.applicationState).toMatchObject({
        reason: 'DriverPodMissing',
        errorMessage: 'driver pod not found',
      });
      await until('its objects to go', async () => {
        const left = await cluster.client.list(resources.configmaps, { namespace, labelSelector: LABEL_SUBMISSION_ID });
        return left.items.length === 0 ? true : undefined;
      });
    },
    TEST_MS,
  );

  it(
    'waits while a pod that is not ours has the name of its driver',
    async () => {
      const container = { name: 'other', image: 'other' };
      await cluster.client.create(resources.pods, {
        metadata: { name: 'pi-driver', namespace },
        spec: { containers: [container] },
      });
      await apps.create('pi');
      await apps.untilStatus(
        'pi',
        'the conflict told',
        ({ status }) => status?.conditions?.some(({ reason }) => reason === 'DriverPodConflict') === true,
      );
      await cluster.client.delete(resources.pods, driverRef(namespace, 'pi'), { gracePeriodSeconds: 0 });
      await apps.untilState('pi', 'COMPLETED');
      expect([...drivers.bySubmission().values()]).toEqual([1]);
    },
    TEST_MS,
  );

  it(
    'stops a run that takes longer than its limit',
    async () => {
      await apps.create('pi', withBehaviour({ runMs: -1 }, { timeouts: { runSeconds: 1 } }));
      const { status } = await apps.untilState('pi', 'FAILED');
      expect(status?.applicationState).toMatchObject({
        reason: 'Timeout',
        errorMessage: expect.stringContaining('spec.timeouts.runSeconds'),
      });
      await until('the driver to go', async () => ((await hasDriver('pi')) ? undefined : true));
    },
    TEST_MS,
  );

  it(
    "follows an application that kubeflow's operator left running, without submitting or restarting it",
    async () => {
      const submissionID = '0b0a8a3e-2f36-4f2b-9d0b-6a3a8f6f9c11';
      await controller.stop();
      const { metadata } = await apps.create('pi');
      await apps.writeStatus('pi', {
        applicationState: { state: 'RUNNING' },
        driverInfo: {
          podName: 'pi-driver',
          webUIServiceName: 'pi-ui-svc',
          webUIPort: 4040,
          webUIAddress: '10.0.0.1:4040',
        },
        executionAttempts: 1,
        submissionAttempts: 1,
        lastSubmissionAttemptTime: '2026-01-01T00:00:00Z',
        terminationTime: null,
        submissionID,
        sparkApplicationId: 'spark-theirs',
        executorState: { 'pi-exec-1': 'RUNNING' },
      });
      await cluster.client.create(resources.pods, {
        metadata: {
          name: 'pi-driver',
          namespace,
          annotations: { 'fake-kubelet.test/behaviour': JSON.stringify({ runMs: 600, executors: 1 }) },
          labels: {
            [LABEL_APP_NAME]: 'pi',
            [LABEL_LAUNCHED_BY]: 'true',
            [LABEL_SUBMISSION_ID]: submissionID,
            'spark-role': 'driver',
            'spark-app-selector': 'spark-theirs',
          },
          ownerReferences: [
            {
              apiVersion: 'sparkoperator.k8s.io/v1beta2',
              kind: 'SparkApplication',
              name: 'pi',
              uid: metadata.uid,
              controller: true,
            },
          ],
        },
        spec: { restartPolicy: 'Never', containers: [{ name: 'spark-kubernetes-driver', image: 'theirs' }] },
      });
      controller = await startController(cluster.client, namespace);
      const { status } = await apps.untilState('pi', 'COMPLETED');
      expect(status).toMatchObject({
        submissionID,
        executionAttempts: 1,
        submissionAttempts: 1,
        submission: { lane: 'SparkSubmit' },
      });
      expect(status?.executorState).toMatchObject({ 'pi-exec-1': 'COMPLETED' });
      expect([...drivers.bySubmission()]).toEqual([[submissionID, 1]]);
    },
    TEST_MS,
  );

  it(
    'writes little, and nothing when nothing happens',
    async () => {
      await apps.create('pi', withBehaviour({ executors: 2, runMs: 1500 }, { executor: { instances: 2 } }));
      await apps.untilState('pi', 'COMPLETED');
      expect(writes.filter((write) => write === 'create pods')).toEqual(['create pods']);
      expect(writes.length).toBeLessThanOrEqual(11);
      const all = [...writes];
      await setTimeout(2500);
      expect(writes).toEqual(all);
    },
    TEST_MS,
  );
});

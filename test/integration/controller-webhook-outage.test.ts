import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resources } from '../../kube/resources.ts';
import { tappedClient } from '../tapped-client.ts';
import {
  applicationsOf,
  recordDrivers,
  startCluster,
  startController,
  until,
  withBehaviour,
  type Cluster,
} from './controller-harness.ts';

const TEST_MS = 60_000;

describe('an outage of the pod webhook, whose failurePolicy is Fail', () => {
  let cluster: Cluster;
  const name = 'nobody-answers';

  beforeAll(async () => {
    cluster = await startCluster('webhook-outage');
  }, 120_000);
  afterAll(() => cluster.stop());

  /** Nothing listens on port 1: the API server is refused at once. */
  const breakAdmission = (): Promise<unknown> =>
    cluster.client.create(resources.mutatingWebhookConfigurations, {
      metadata: { name },
      webhooks: [
        {
          name: 'pods.sparkoperator.k8s.io',
          clientConfig: { url: 'https://127.0.0.1:1/mutate--v1-pod' },
          rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
          failurePolicy: 'Fail',
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          timeoutSeconds: 5,
        },
      ],
    });

  it(
    'is told once and waited for; then the attempt goes on with one driver pod',
    async () => {
      const namespace = await cluster.namespace();
      const apps = applicationsOf(cluster.client, namespace);
      const drivers = await recordDrivers(cluster.client, namespace);
      const writes: string[] = [];
      const client = tappedClient(cluster.client, {
        before: async ({ verb, resource }) => void writes.push(`${verb} ${resource}`),
      });
      await breakAdmission();
      const controller = await startController(client, namespace);
      try {
        await apps.create('pi', withBehaviour({ runMs: 100 }));
        const waiting = await apps.untilStatus('pi', 'told to wait', ({ status }) =>
          (status?.conditions ?? []).some(({ reason }) => reason === 'AdmissionUnavailable'),
        );
        expect(waiting.status).toMatchObject({ applicationState: { state: 'SUBMITTED' }, submissionAttempts: 1 });
        const tries = (): number => writes.filter((write) => write === 'create pods').length;
        await until('a second and a third try', async () => (tries() >= 3 ? true : undefined));
        const { metadata } = await apps.get('pi');
        expect(metadata.resourceVersion).toBe(waiting.metadata.resourceVersion);

        await cluster.client.delete(resources.mutatingWebhookConfigurations, { name });
        const { status } = await apps.untilState('pi', 'COMPLETED');
        expect(status).toMatchObject({ submissionAttempts: 1, executionAttempts: 1, attempts: [{ number: 1 }] });
        expect([...drivers.bySubmission().values()]).toEqual([1]);

        const told = await until('the warning', async () => {
          const { items } = await cluster.client.list(resources.events, {
            namespace,
            fieldSelector: 'involvedObject.name=pi,reason=SparkApplicationSubmissionDelayed',
          });
          return items.length > 0 ? items : undefined;
        });
        expect(told).toMatchObject([
          { type: 'Warning', count: 1, message: expect.stringContaining('failed calling webhook') },
        ]);
      } finally {
        await controller.stop();
        await drivers.stop();
      }
    },
    TEST_MS,
  );
});

import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../controller/config.ts';
import { controller as wire } from '../../controller/controller.ts';
import { silentLogger } from '../../kube/log.ts';
import { createMetrics } from '../../kube/metrics.ts';
import { resources } from '../../kube/resources.ts';
import { applicationsOf, startCluster, until, withBehaviour, type Cluster } from './controller-harness.ts';

const TEST_MS = 60_000;
const label = (team: string | null): object => ({ metadata: { labels: { team } } });

describe('a controller with --namespace-selector', () => {
  let cluster: Cluster;
  const stop = new AbortController();
  let ended: Promise<number>;

  beforeAll(async () => {
    cluster = await startCluster('namespaces');
    const flags = ['--namespace-selector=team in (a,b)', '--leader-election=false'];
    const program = wire({
      config: loadConfig(flags, { POD_NAMESPACE: 'default' }),
      client: cluster.client,
      metrics: createMetrics(),
      log: silentLogger(),
    });
    ended = program.run(stop.signal);
    await until('the caches to be synced', async () => program.synced() || undefined);
  }, 120_000);
  afterAll(async () => {
    stop.abort();
    await ended;
    await cluster.stop();
  }, TEST_MS);

  const relabel = (name: string, team: string | null): Promise<unknown> =>
    cluster.client.patch(resources.namespaces, { name }, label(team));

  it(
    'runs what is in namespaces with the labels, and leaves others alone',
    async () => {
      const [served, foreign] = [await cluster.namespace(), await cluster.namespace()];
      await relabel(served, 'a');
      const [inServed, inForeign] = [served, foreign].map((namespace) => applicationsOf(cluster.client, namespace));
      await inForeign?.create('pi', withBehaviour({ runMs: 50 }));
      await inServed?.create('pi', withBehaviour({ runMs: 50 }));
      await inServed?.untilState('pi', 'COMPLETED');
      expect((await inForeign?.get('pi'))?.status).toBeUndefined();
    },
    TEST_MS,
  );

  it(
    'takes up at once what waits in a namespace that gains the label',
    async () => {
      const namespace = await cluster.namespace();
      const apps = applicationsOf(cluster.client, namespace);
      await apps.create('pi', withBehaviour({ runMs: 50 }));
      await relabel(namespace, 'b');
      await apps.untilState('pi', 'COMPLETED');
    },
    TEST_MS,
  );

  it(
    'follows what runs in a namespace that loses the label, and submits nothing there any more',
    async () => {
      const namespace = await cluster.namespace();
      await relabel(namespace, 'a');
      const apps = applicationsOf(cluster.client, namespace);
      await apps.create('runs', withBehaviour({ runMs: -1 }));
      await apps.untilState('runs', 'RUNNING');
      await relabel(namespace, null);
      await apps.create('late', withBehaviour({ runMs: 50 }));
      await cluster.client.delete(resources.pods, { namespace, name: 'runs-driver' });
      await apps.untilState('runs', 'FAILED');
      // Nothing tells that nothing will happen: a submission takes a few milliseconds.
      await setTimeout(500);
      expect((await apps.get('late')).status).toBeUndefined();
      await relabel(namespace, 'b');
      await apps.untilState('late', 'COMPLETED');
    },
    TEST_MS,
  );

  it(
    'copies to a namespace when it gains the label, and removes the copy when it loses it',
    async () => {
      const namespace = await cluster.namespace();
      const where = 'default';
      await cluster.client.create(resources.secrets, {
        metadata: { namespace: where, name: 's3' },
        stringData: { k: 'v' },
      });
      await cluster.client.create(resources.sparkPodDefaults, {
        apiVersion: 'sparkoperator.k8s.io/v1alpha1',
        kind: 'SparkPodDefaults',
        // The API server gives the uid.
        metadata: { namespace: where, name: 's3', uid: '' },
        spec: {
          propagate: true,
          namespaceSelector: { matchLabels: { team: 'b' } },
          secrets: [{ name: 's3', path: '/etc/s3' }],
        },
      });
      const held = async (): Promise<boolean> =>
        cluster.client.get(resources.secrets, { namespace, name: 's3' }).then(
          () => true,
          () => false,
        );
      await relabel(namespace, 'b');
      await until('the copy', async () => ((await held()) ? true : undefined));
      await relabel(namespace, 'a');
      await until('its end', async () => ((await held()) ? undefined : true));
    },
    TEST_MS,
  );
});

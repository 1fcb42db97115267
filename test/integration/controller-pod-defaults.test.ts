import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubernetesEvent, Pod, Secret } from '../../api/kubernetes.ts';
import type { SparkPodDefaults, SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import type { KubeClient } from '../../kube/client.ts';
import { ApiError, isNotFound } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import { tappedClient } from '../tapped-client.ts';
import {
  applicationsOf,
  startCluster,
  startController,
  until,
  withBehaviour,
  type Applications,
  type Cluster,
  type RunningController,
} from './controller-harness.ts';

const TEST_MS = 60_000;

/** What the tests look at of a pod. */
const mountsOf = (pod: Pod): readonly string[] =>
  (pod.spec?.containers[0]?.volumeMounts ?? []).map(({ name, mountPath }) => `${name} ${mountPath}`);

describe('the defaults of a site', () => {
  let cluster: Cluster;
  let site: string;
  let namespace: string;
  let apps: Applications;
  let controller: RunningController;
  let writes: string[];

  const counted = (client: KubeClient): KubeClient =>
    tappedClient(client, {
      before: async ({ verb, resource }) => {
        if (resource !== 'events') writes.push(`${verb} ${resource}`);
      },
    });

  const start = (): Promise<RunningController> =>
    startController(counted(cluster.client), namespace, [`--operator-namespace=${site}`]);

  const define = (name: string, spec: SparkPodDefaultsSpec, where = site): Promise<SparkPodDefaults> =>
    cluster.client.create(resources.sparkPodDefaults, {
      apiVersion: 'sparkoperator.k8s.io/v1alpha1',
      kind: 'SparkPodDefaults',
      metadata: { name, namespace: where },
      spec,
      // The API server gives the uid.
    } as SparkPodDefaults);

  const get = (name: string, where = site): Promise<SparkPodDefaults> =>
    cluster.client.get(resources.sparkPodDefaults, { namespace: where, name });

  const untilReady = (name: string, status: string): Promise<SparkPodDefaults> =>
    until(`${name} to be Ready=${status}`, async () => {
      const object = await get(name);
      return object.status?.conditions?.some((one) => one.type === 'Ready' && one.status === status) === true
        ? object
        : undefined;
    });

  const secretIn = async (where: string, name: string): Promise<Secret | undefined> => {
    try {
      return await cluster.client.get(resources.secrets, { namespace: where, name });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };

  const driverOf = (name: string): Promise<Pod> =>
    cluster.client.get(resources.pods, { namespace, name: `${name}-driver` });

  beforeAll(async () => {
    cluster = await startCluster('pod-defaults');
  }, 120_000);
  afterAll(() => cluster.stop());

  beforeEach(async () => {
    site = await cluster.namespace();
    namespace = await cluster.namespace();
    apps = applicationsOf(cluster.client, namespace);
    writes = [];
    controller = await start();
  });
  afterEach(() => controller.stop(), TEST_MS);

  it(
    'go into driver and properties, and the status and one event tell what gave way',
    async () => {
      await define('base', {
        sparkConf: { 'spark.eventLog.enabled': 'false', 'spark.app.note': 'site' },
        volumes: [{ name: 'data', hostPath: { path: '/site' } }],
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
        nodeSelector: { pool: 'spark' },
      });
      await untilReady('base', 'True');
      await apps.create(
        'pi',
        withBehaviour(
          {},
          {
            volumes: [{ name: 'own', emptyDir: {} }],
            driver: { cores: 1, volumeMounts: [{ name: 'own', mountPath: '/data' }] },
          },
        ),
      );
      const { status } = await apps.untilState('pi', 'COMPLETED');
      expect(status?.podDefaults).toEqual([
        expect.objectContaining({
          name: `${site}/base`,
          generation: 1,
          overridden: expect.arrayContaining([expect.stringContaining('driver volumeMount /data')]),
        }),
      ]);
      const pod = await driverOf('pi');
      expect(pod.spec?.nodeSelector).toMatchObject({ pool: 'spark' });
      expect(mountsOf(pod).filter((mount) => mount.endsWith(' /data'))).toEqual(['own /data']);
      const told = await until('the warning', async () => {
        const { items } = await cluster.client.list<KubernetesEvent>(resources.events, {
          namespace,
          fieldSelector: 'involvedObject.name=pi,reason=PodDefaultsOverridden',
        });
        return items.length > 0 ? items : undefined;
      });
      expect(told).toHaveLength(1);
      expect(told[0]).toMatchObject({ type: 'Warning', count: 1 });
      expect(told[0]?.message).toContain(`SparkPodDefaults ${site}/base: driver volumeMount /data`);
    },
    TEST_MS,
  );

  it(
    'cost an application no write',
    async () => {
      const writesOf = async (name: string): Promise<readonly string[]> => {
        writes = [];
        await apps.create(name, withBehaviour({ executors: 0, runMs: 100 }));
        await apps.untilState(name, 'COMPLETED');
        return [...writes].sort();
      };
      const without = await writesOf('plain');
      await define('base', { nodeSelector: { pool: 'spark' } });
      await untilReady('base', 'True');
      expect(await writesOf('filled')).toEqual(without);
      expect((await apps.get('plain')).status?.podDefaults).toBeUndefined();
      expect((await apps.get('filled')).status?.podDefaults).toHaveLength(1);
    },
    TEST_MS,
  );

  it(
    'that change leave what runs alone, and count for the next attempt',
    async () => {
      await define('base', { nodeSelector: { pool: 'one' } });
      await untilReady('base', 'True');
      await apps.create('pi', withBehaviour({ runMs: -1 }));
      await apps.untilState('pi', 'RUNNING');
      const before = await driverOf('pi');
      writes = [];

      await cluster.client.patch(
        resources.sparkPodDefaults,
        { namespace: site, name: 'base' },
        { spec: { nodeSelector: { pool: 'two' } } },
      );
      await until('the change to be seen', async () => {
        const { metadata, status } = await get('base');
        return status?.observedGeneration === metadata.generation && metadata.generation === 2 ? true : undefined;
      });
      expect(writes).toEqual(['patch sparkpoddefaults']);
      expect((await driverOf('pi')).metadata?.uid).toBe(before.metadata?.uid);
      expect((await apps.get('pi')).status?.podDefaults).toMatchObject([{ generation: 1 }]);

      await apps.edit('pi', { spec: { arguments: ['2'] } });
      await apps.untilStatus('pi', 'a second attempt', ({ status }) => status?.submission?.attempt === 2);
      const { status } = await apps.untilState('pi', 'RUNNING');
      expect(status?.podDefaults).toMatchObject([{ generation: 2 }]);
      expect((await driverOf('pi')).spec?.nodeSelector).toMatchObject({ pool: 'two' });
    },
    TEST_MS,
  );

  it(
    'are done without when their CRD is not installed: the controller is ready and works',
    async () => {
      const missing = new ApiError({ status: 404, reason: 'NotFound', message: 'the server could not find it' });
      const client: KubeClient = {
        ...cluster.client,
        pages: (resource, options) => {
          if (resource.plural === 'sparkpoddefaults') throw missing;
          return cluster.client.pages(resource, options);
        },
      };
      await define('base', { nodeSelector: { pool: 'spark' } });
      await controller.stop();
      controller = await startController(client, namespace, [`--operator-namespace=${site}`]);
      await apps.create('pi', withBehaviour({ runMs: 50 }));
      expect((await apps.untilState('pi', 'COMPLETED')).status?.podDefaults).toBeUndefined();
    },
    TEST_MS,
  );

  it(
    'are left alone with --enable-pod-defaults=false',
    async () => {
      await define('base', { nodeSelector: { pool: 'spark' } });
      await controller.stop();
      writes = [];
      const off = [`--operator-namespace=${site}`, '--enable-pod-defaults=false'];
      controller = await startController(counted(cluster.client), namespace, off);
      await apps.create('pi', withBehaviour({ runMs: 50 }));
      expect((await apps.untilState('pi', 'COMPLETED')).status?.podDefaults).toBeUndefined();
      expect(writes).not.toContain('patch sparkpoddefaults');
    },
    TEST_MS,
  );

  describe('with propagate', () => {
    const ref = { name: 's3', path: '/etc/s3' };

    const original = (name: string, value: string): Promise<Secret> =>
      cluster.client.create<Secret>(resources.secrets, {
        metadata: { namespace: site, name },
        type: 'Opaque',
        stringData: { key: value },
      });
    const valueIn = async (where: string, name: string): Promise<string | undefined> => {
      const text = (await secretIn(where, name))?.data?.['key'];
      return text === undefined ? undefined : Buffer.from(text, 'base64').toString();
    };

    it(
      'have their Secrets copied, kept in sync and removed',
      async () => {
        await original('s3', 'first');
        await define('s3', { propagate: true, secrets: [ref] });
        const ready = await untilReady('s3', 'True');
        expect(ready.status?.propagatedTo).toEqual([namespace]);
        expect(await valueIn(namespace, 's3')).toBe('first');

        await cluster.client.patch(
          resources.secrets,
          { namespace: site, name: 's3' },
          { stringData: { key: 'second' } },
        );
        await until('the change', async () => ((await valueIn(namespace, 's3')) === 'second' ? true : undefined));

        await cluster.client.delete(resources.sparkPodDefaults, { namespace: site, name: 's3' });
        await until('its end', async () => ((await secretIn(namespace, 's3')) === undefined ? true : undefined));
        const left = await until('an empty inventory', async () => {
          const labelSelector = 'sparkoperator.k8s.io/propagated-by';
          const { items } = await cluster.client.list(resources.configmaps, { namespace, labelSelector });
          return items.length === 0 ? items : undefined;
        });
        expect(left).toEqual([]);
        expect(await valueIn(site, 's3')).toBe('second');
      },
      TEST_MS,
    );

    it(
      'share a copy: it stays as long as one asks for it',
      async () => {
        await original('s3', 'value');
        await define('a', { propagate: true, secrets: [ref] });
        await define('b', {
          propagate: true,
          env: [{ name: 'K', valueFrom: { secretKeyRef: { name: 's3', key: 'key' } } }],
        });
        await Promise.all([untilReady('a', 'True'), untilReady('b', 'True')]);
        const by = async (): Promise<string | undefined> =>
          (await secretIn(namespace, 's3'))?.metadata?.labels?.['sparkoperator.k8s.io/propagated-by'];
        const first = await by();
        await cluster.client.delete(resources.sparkPodDefaults, { namespace: site, name: 'a' });
        await until('the copy to be of b', async () => ((await by()) === first ? undefined : true));
        expect(await valueIn(namespace, 's3')).toBe('value');
        await cluster.client.patch(
          resources.sparkPodDefaults,
          { namespace: site, name: 'b' },
          { spec: { env: [{ name: 'K', value: 'v' }] } },
        );
        await until('its end', async () => ((await secretIn(namespace, 's3')) === undefined ? true : undefined));
      },
      TEST_MS,
    );

    it(
      'never touch an object of that name that is not a copy',
      async () => {
        await original('s3', 'site');
        await cluster.client.create<Secret>(resources.secrets, {
          metadata: { namespace, name: 's3' },
          stringData: { key: 'own' },
        });
        await define('s3', { propagate: true, secrets: [ref] });
        const { status } = await untilReady('s3', 'False');
        expect(status?.conditions).toMatchObject([
          { reason: 'NameTaken', message: expect.stringContaining(namespace) },
        ]);
        await cluster.client.delete(resources.sparkPodDefaults, { namespace: site, name: 's3' });
        await until('the inventory to be empty', async () => {
          const labelSelector = 'sparkoperator.k8s.io/propagated-by';
          const { items } = await cluster.client.list(resources.configmaps, { namespace, labelSelector });
          return items.length === 0 ? true : undefined;
        });
        expect(await valueIn(namespace, 's3')).toBe('own');
      },
      TEST_MS,
    );

    it(
      'tell of an original that is missing, and copy it when it comes',
      async () => {
        await define('s3', { propagate: true, secrets: [ref] });
        const { status } = await untilReady('s3', 'False');
        expect(status?.conditions).toMatchObject([{ reason: 'SourceMissing' }]);
        await original('s3', 'late');
        await untilReady('s3', 'True');
        expect(await valueIn(namespace, 's3')).toBe('late');
      },
      TEST_MS,
    );

    it(
      'that were deleted while the operator was down leave no copy behind',
      async () => {
        await original('s3', 'value');
        await define('s3', { propagate: true, secrets: [ref] });
        await untilReady('s3', 'True');
        await controller.stop();
        await cluster.client.delete(resources.sparkPodDefaults, { namespace: site, name: 's3' });
        controller = await start();
        await until('its end', async () => ((await secretIn(namespace, 's3')) === undefined ? true : undefined));
      },
      TEST_MS,
    );

    it(
      'write nothing when nothing changes',
      async () => {
        await original('s3', 'value');
        await define('s3', { propagate: true, secrets: [ref] });
        await untilReady('s3', 'True');
        await controller.stop();
        writes = [];
        controller = await start();
        // The first passes of a new process look at everything: an application that ends comes after them.
        await apps.create('pi', withBehaviour({ executors: 0, runMs: 100 }));
        await apps.untilState('pi', 'COMPLETED');
        expect(writes.filter((write) => /secrets|sparkpoddefaults/.test(write))).toEqual([]);
      },
      TEST_MS,
    );
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import { readRecord } from '../../hack/cluster/cluster-record.ts';
import { DEFAULT_NAME } from '../../hack/cluster/options.ts';
import type { FakeCloud } from '../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../hack/fake-cloud/start.ts';
import { lineOf, openStackRelease, type OpenStackRelease } from './openstack-release.ts';
import { preparedCluster, type Prepared } from './release.ts';

const TEAM = 'openstack-team';
/** Names of buckets are everybody's in this cloud, as in Ceph. */
const TAKEN = 'taken-by-others';
/** What a person waits for a `helm install` that goes wrong. */
const FIVE_MINUTES_MS = 300_000;

describe('helm install on an OpenStack cloud', () => {
  let cluster: Prepared;
  let cloud: FakeCloud;
  let on: OpenStackRelease;

  const versions = (): Promise<string> =>
    on.kubectl(
      ...['get', 'secret/spark-s3', 'sparkpoddefaults/openstack-s3', 'configmap/opsparkctl-state'],
      ...['-o', 'jsonpath={.items[*].metadata.resourceVersion}'],
    );

  beforeAll(async () => {
    cluster = await preparedCluster();
    on = await openStackRelease(cluster, { release: 'on-openstack', namespace: 'openstack-operator', team: TEAM });
    const name = process.env['SPARK_OPERATOR_CLUSTER'] ?? DEFAULT_NAME;
    // Pods reach it there.
    const address = readRecord(name)?.hostLink?.hostAddress ?? '127.0.0.1';
    cloud = await startFakeCloud({ address, bucketNames: 'global' });
    await on.giveClouds(cloud.cloudsFile);
  }, 1_200_000);

  afterEach(() => {
    for (const secret of cloud.secrets()) expect(on.told.join('\n')).not.toContain(secret);
  });

  afterAll(async () => {
    await cloud.up().catch(() => undefined);
    await on.remove(false);
    await cloud.close();
  }, 180_000);

  it('makes bucket, key, Secret and defaults, and the Secret reaches the job namespace', async () => {
    const { failed, output } = await on.install();
    expect({ failed, output }).toMatchObject({ failed: false });
    expect(lineOf(output)).toMatchObject({ outcome: 'ok', changed: true, keyMade: true, bucketMade: true });
    const bucket = `demo-${cloud.facts.project.id.slice(0, 8)}`;
    expect(cloud.buckets()).toEqual([{ name: bucket, projectId: cloud.facts.project.id, keys: ['spark-events/'] }]);
    expect(cloud.credentials()).toHaveLength(1);
    const conf = await on.kubectl('get', 'spd', 'openstack-s3', '-o', 'jsonpath={.spec.sparkConf}');
    expect(parse(conf)).toMatchObject({ 'spark.eventLog.dir': `s3a://${bucket}/spark-events` });
    await cluster.kubectl.text(['-n', TEAM, 'wait', '--for=create', 'secret/spark-s3', '--timeout', '60s']);
  }, 420_000);

  it('changes nothing the second time', async () => {
    const before = await versions();
    const [keys, buckets] = [cloud.credentials(), cloud.buckets()];
    const { failed, output } = await on.upgrade();
    expect({ failed, output }).toMatchObject({ failed: false });
    expect(lineOf(output)).toMatchObject({ outcome: 'ok', changed: false });
    await expect(versions()).resolves.toBe(before);
    expect([cloud.credentials(), cloud.buckets()]).toEqual([keys, buckets]);
  }, 420_000);

  it('is uninstalled within a minute while Keystone is down, and the bucket stays', async () => {
    await on.upgrade({ cleanup: true });
    const [keys, buckets] = [cloud.credentials(), cloud.buckets()];
    await cloud.down();
    const { failed, output, tookMs } = await on.uninstall();
    await cloud.up();
    expect({ failed, output }).toMatchObject({ failed: false });
    expect(tookMs).toBeLessThan(60_000);
    expect(lineOf(output, 'cleanup')).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining(`EC2 credential ${keys[0]?.id ?? ''}`),
    });
    expect([cloud.credentials(), cloud.buckets()]).toEqual([keys, buckets]);
  }, 500_000);

  it('has another project with a bucket', async () => {
    await on.kubectl('delete', 'secret', 'spark-s3', '--ignore-not-found');
    const { failed, output } = await on.install({ cloud: 'other', bucket: TAKEN });
    expect({ failed, output }).toMatchObject({ failed: false });
  }, 420_000);

  interface Refusal {
    readonly given: object;
    readonly before?: (fake: FakeCloud) => Promise<void>;
    readonly cause: string;
    readonly remedy: RegExp;
  }

  const refusals: Record<string, Refusal> = {
    'a wrong password': { given: { cloud: 'demo-wrong' }, cause: 'LoginRefused', remedy: /Correct clouds\.yaml/ },
    'a restricted application credential': {
      given: { cloud: 'demo-app' },
      cause: 'KeysRefused',
      remedy: /openstack\.s3\.keysSecret/,
    },
    'a bucket of another project': { given: { bucket: TAKEN }, cause: 'BucketTaken', remedy: /Set openstack\.bucket/ },
    'a Keystone that cannot be reached': {
      given: {},
      before: async (fake) => fake.down(),
      cause: 'KeystoneUnreachable',
      remedy: /Correct auth_url/,
    },
  };

  it.each(Object.entries(refusals))(
    'ends within five minutes and says what is wrong with %s; corrected, it succeeds',
    async (_name, { given, before, cause, remedy }) => {
      await on.uninstall();
      await on.kubectl('delete', 'secret', 'spark-s3', '--ignore-not-found');
      await before?.(cloud);
      const { failed, output, tookMs } = await on.install(given);
      if (before !== undefined) await cloud.up();
      expect({ failed, output }).toMatchObject({ failed: true });
      expect(tookMs).toBeLessThan(FIVE_MINUTES_MS);
      expect(output).toMatch(/Error: INSTALLATION FAILED/);
      expect(lineOf(output)).toMatchObject({ outcome: 'failed', cause, remedy: expect.stringMatching(remedy) });

      const corrected = await on.upgrade();
      expect(corrected).toMatchObject({ failed: false });
      expect(lineOf(corrected.output)).toMatchObject({ outcome: 'ok' });
    },
    900_000,
  );

  it('gives the key back when it is uninstalled and asked to, and the bucket stays', async () => {
    await on.upgrade({ cleanup: true });
    const access = await on.kubectl('get', 'secret', 'spark-s3', '-o', 'jsonpath={.data.AWS_ACCESS_KEY_ID}');
    const key = Buffer.from(access, 'base64').toString('utf8');
    expect(cloud.credentials().map(({ id }) => id)).toContain(key);
    const buckets = cloud.buckets();
    const { failed, output } = await on.uninstall();
    expect({ failed, output }).toMatchObject({ failed: false });
    expect(lineOf(output, 'cleanup')).toMatchObject({ outcome: 'ok' });
    expect(cloud.credentials().map(({ id }) => id)).not.toContain(key);
    expect(cloud.buckets()).toEqual(buckets);
  }, 500_000);
});

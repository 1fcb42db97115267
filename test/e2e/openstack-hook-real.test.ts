import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startRealCloud, type RealCloud } from '../../hack/real-cloud/real-cloud.ts';
import { passwordsOf } from '../clouds-passwords.ts';
import { lineOf, openStackRelease, type OpenStackRelease } from './openstack-release.ts';
import { preparedCluster, type Prepared } from './release.ts';

const TEAM = 'real-cloud-team';

/** Real Keystone and Swift: what the fake cloud claims of them, for the hook. Skipped nowhere: the services come from Debian packages. */
describe('helm install on a cloud of real Keystone and Swift', () => {
  let cluster: Prepared;
  let cloud: RealCloud;
  let on: OpenStackRelease;
  let secrets: readonly string[];

  beforeAll(async () => {
    cluster = await preparedCluster();
    on = await openStackRelease(cluster, { release: 'on-real', namespace: 'real-cloud-operator', team: TEAM });
    cloud = await startRealCloud();
    secrets = await passwordsOf(cloud.cloudsFile);
    await on.giveClouds(cloud.cloudsFile);
  }, 1_200_000);

  afterAll(async () => {
    await on.remove(false);
    await cloud.stop();
    expect(secrets.length).toBeGreaterThan(2);
    for (const secret of secrets) expect(on.told.join('\n')).not.toContain(secret);
  }, 180_000);

  it('says that a restricted application credential may make no keys', async () => {
    const { failed, output, tookMs } = await on.install({ cloud: 'demo-app' });
    expect({ failed, output }).toMatchObject({ failed: true });
    expect(lineOf(output)).toMatchObject({ outcome: 'failed', cause: 'KeysRefused' });
    expect(tookMs).toBeLessThan(300_000);
  }, 420_000);

  it('makes bucket, key, Secret and defaults once it is corrected, and nothing the second time', async () => {
    const first = await on.upgrade();
    expect(first).toMatchObject({ failed: false });
    expect(lineOf(first.output)).toMatchObject({ outcome: 'ok', keyMade: true, bucketMade: true });
    await cluster.kubectl.text(['-n', TEAM, 'wait', '--for=create', 'secret/spark-s3', '--timeout', '60s']);
    const second = await on.upgrade();
    expect(lineOf(second.output)).toMatchObject({ outcome: 'ok', changed: false });
  }, 600_000);

  it('is uninstalled within a minute without Keystone', async () => {
    await on.upgrade({ cleanup: true });
    await cloud.end('keystone');
    const { failed, output, tookMs } = await on.uninstall();
    expect({ failed, output }).toMatchObject({ failed: false });
    expect(tookMs).toBeLessThan(60_000);
    expect(lineOf(output, 'cleanup')).toMatchObject({ outcome: 'failed' });
    await cloud.restart('keystone');
  }, 500_000);
});

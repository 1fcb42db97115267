import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { kubectlPath } from '../../hack/cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../../hack/cluster/control-plane.ts';
import type { FakeCloud } from '../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../hack/fake-cloud/start.ts';
import { run } from '../../hack/run.ts';
import { keystone } from '../../openstack/identity/keystone-client.ts';
import { openKubernetes } from '../../openstack/open-kubernetes.ts';
import { ensureS3Defaults } from '../../openstack/s3/ensure-s3-defaults.ts';
import type { S3Outcome } from '../../openstack/s3/s3-request.ts';
import { runOpsparkctl } from '../openstack/run-opsparkctl.ts';
import { Killed, mortal } from '../openstack/s3/mortal-world.ts';
import { openFake, request, s3World } from '../openstack/s3/s3-world.ts';
import { applyCrds } from '../operator/apply-crds.ts';

let plane: ControlPlane;
let cloud: FakeCloud;
let home: string;

const kubectl = async (...args: readonly string[]): Promise<string> =>
  (await run(kubectlPath(), ['--kubeconfig', plane.kubeconfig, '-n', 'spark-operator', ...args])).stdout;

const defaultsNow = async (): Promise<SparkPodDefaults> =>
  JSON.parse(await kubectl('get', 'spd', 'openstack-s3', '-o', 'json')) as SparkPodDefaults;

/** `opsparkctl s3 init demo` with keys and defaults in the cluster. */
const initialise = async (): Promise<S3Outcome> => {
  const args = ['s3', 'init', 'demo', '--apply', '--kubeconfig', plane.kubeconfig, '-o', 'json'];
  const ended = await runOpsparkctl(args, { home, cloud: { cloudsFile: cloud.cloudsFile, cloudName: 'demo' } });
  expect(ended).toMatchObject({ code: 0 });
  for (const secret of cloud.secrets()) expect(ended.out + ended.err).not.toContain(secret);
  return JSON.parse(ended.out) as S3Outcome;
};

const ec2Keys = (): string[] => cloud.credentials().flatMap(({ kind, id }) => (kind === 'ec2' ? [id] : []));

beforeAll(async () => {
  [plane, cloud, home] = await Promise.all([
    startControlPlane({ name: 'openstack-s3' }),
    startFakeCloud(),
    mkdtemp(join(tmpdir(), 'openstack-s3-')),
  ]);
  await applyCrds(plane.kubeconfig);
  await kubectl('create', 'namespace', 'spark-operator');
}, 120_000);

afterAll(async () => {
  await Promise.all([plane.stop(), cloud.close(), rm(home, { recursive: true })]);
});

describe('S3 defaults on a real API server', () => {
  it('are taken up after a death between key and Secret, and made once', async () => {
    const [opened, kubernetes] = await Promise.all([openFake(cloud), openKubernetes({ file: plane.kubeconfig }, [])]);
    const { world } = mortal(s3World(opened, kubernetes.client), { at: 2, moment: 'after' });
    await expect(ensureS3Defaults(world, request)).rejects.toThrow(Killed);
    await Promise.all([opened.session.close(), kubernetes.close()]);
    const [made] = ec2Keys();

    expect(await initialise()).toMatchObject({
      ...{ accessKey: made, keyMade: false, keyOurs: true, secret: 'created', podDefaults: 'created' },
    });
    expect(await initialise()).toMatchObject({ accessKey: made, secret: 'unchanged', podDefaults: 'unchanged' });
    expect(ec2Keys()).toEqual([made]);
  }, 60_000);

  it('keep what people added, and take back what opsparkctl says', async () => {
    const sparkConf = { 'spark.eventLog.compress': 'true' };
    await kubectl('patch', 'spd', 'openstack-s3', '--type=merge', '-p', JSON.stringify({ spec: { sparkConf } }));
    expect(await initialise()).toMatchObject({ podDefaults: 'unchanged' });

    const elsewhere = { 'spark.eventLog.dir': 's3a://elsewhere/logs' };
    const patch = JSON.stringify({ spec: { sparkConf: elsewhere } });
    await kubectl('patch', 'spd', 'openstack-s3', '--type=merge', '-p', patch);
    const { bucket, podDefaults } = await initialise();
    expect(podDefaults).toBe('updated');
    expect((await defaultsNow()).spec.sparkConf).toMatchObject({
      'spark.eventLog.compress': 'true',
      'spark.eventLog.dir': `s3a://${bucket}/spark-events`,
    });
  }, 60_000);

  it('get a new key when theirs was deleted in Keystone', async () => {
    const opened = await openFake(cloud);
    const [old = ''] = ec2Keys();
    await keystone(opened.session).deleteEc2Key(old);
    await opened.session.close();
    const outcome = await initialise();
    expect(outcome).toMatchObject({ keyMade: true, secret: 'updated', podDefaults: 'unchanged' });
    expect(ec2Keys()).toEqual([outcome.accessKey]);
    expect(await initialise()).toMatchObject({ accessKey: outcome.accessKey, keyMade: false, secret: 'unchanged' });
  }, 60_000);
});

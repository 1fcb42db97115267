import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { helmPath, kubectlPath } from '../../../hack/cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../../../hack/cluster/control-plane.ts';
import type { FakeCloud } from '../../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../../hack/fake-cloud/start.ts';
import { run } from '../../../hack/run.ts';
import { spawnOpsparkctl } from '../spawn-opsparkctl.ts';

jest.setTimeout(240_000);

/** Where in the course of a run it is killed, and whether the next one has the same home folder. */
const rounds = [0.15, 0.35, 0.5, 0.65, 0.8, 0.95].map((moment, round) => ({
  name: `kill-${round}`,
  moment,
  sameHome: round % 2 === 0,
}));

let cloud: FakeCloud;
let controlPlane: ControlPlane;
let folder: string;
/** How long a run takes that nobody kills. */
let usualMs: number;

const create = (name: string, home: string) => {
  const where = ['--release', name, '--namespace', name, '--bucket', `bucket-of-${name}`, '-o', 'json'];
  const how = ['--no-wait', '--set', 'hook.enable=false,webhook.enable=false'];
  const env = { KUBECONFIG: controlPlane.kubeconfig, OPSPARKCTL_HELM: helmPath() };
  return spawnOpsparkctl(['create', 'spark', ...where, ...how], {
    cloud: { cloudsFile: cloud.cloudsFile, cloudName: 'demo' },
    home: join(folder, home),
    env,
  });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opsparkctl-spark-kill-'));
  [cloud, controlPlane] = await Promise.all([startFakeCloud(), startControlPlane({ name: 'spark-kill' })]);
  const homes = ['unharmed', ...rounds.flatMap(({ name }) => [name, `${name}-elsewhere`])];
  await run('mkdir', ['-p', ...homes.map((home) => join(folder, home))]);
  // The first run brings the definitions; the second one is the measure.
  expect(await create('first', 'unharmed').ended).toMatchObject({ code: 0 });
  const started = Date.now();
  expect(await create('unharmed', 'unharmed').ended).toMatchObject({ code: 0 });
  usualMs = Date.now() - started;
});

afterAll(async () => {
  await Promise.all([cloud.close(), controlPlane.stop()]);
  await rm(folder, { recursive: true, force: true });
});

const keys = (): readonly string[] => cloud.credentials().flatMap(({ kind, id }) => (kind === 'ec2' ? [id] : []));

describe('create spark, killed', () => {
  it.each(rounds)('at $moment of its course is finished by the next run, without a second key', async (round) => {
    const { name, moment, sameHome } = round;
    const before = keys();
    const first = create(name, name);
    await wait(moment * usualMs);
    first.kill('SIGKILL');
    await first.ended;
    const second = await create(name, sameHome ? name : `${name}-elsewhere`).ended;
    expect({ code: second.code, err: second.err }).toMatchObject({ code: 0 });
    const made = keys().filter((key) => !before.includes(key));
    expect(made).toHaveLength(1);
    expect(cloud.buckets().filter((bucket) => bucket.name === `bucket-of-${name}`)).toHaveLength(1);
    const { stdout } = await run(
      kubectlPath(),
      ['-n', name, 'get', 'secret', 'spark-s3', '-o', 'jsonpath={.data.AWS_ACCESS_KEY_ID}'],
      { env: { KUBECONFIG: controlPlane.kubeconfig } },
    );
    expect(Buffer.from(stdout, 'base64').toString('utf8')).toBe(made[0]);
    const release = await run(helmPath(), ['status', name, '-n', name, '-o', 'json'], {
      env: { KUBECONFIG: controlPlane.kubeconfig },
    });
    expect(JSON.parse(release.stdout)).toMatchObject({ info: { status: 'deployed' } });
  });
});

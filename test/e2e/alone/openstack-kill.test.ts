import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { helmPath } from '../../../hack/cluster/binaries.ts';
import { eventually } from '../../../hack/cluster/eventually.ts';
import { DEFAULT_NAME } from '../../../hack/cluster/options.ts';
import type { FakeCloud } from '../../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../../hack/fake-cloud/start.ts';
import { spawnOpsparkctl, type SpawnedOpsparkctl } from '../../openstack/spawn-opsparkctl.ts';
import { machinesOfFakeCloud, type MachinesOfFakeCloud } from '../cluster-of-fake-cloud.ts';
import type { Kubectl } from '../kubectl.ts';
import { preparedCluster, type Prepared } from '../release.ts';

/** Another one gives other moments; a failure names the one it was had with. */
const SEED = Number(process.env['KILL_SEED'] ?? '20261122');
const CLUSTER = 'killed';
const RELEASE = 'killed';
const NAMESPACE = 'killed-operator';
const JOBS = 'killed-jobs';

type Stage = 'kube' | 'spark';

/** A stretch of the course of both commands; one kill falls into each, at a random moment of it. */
interface Stretch {
  readonly command: Stage;
  /** Begins when the command has said this, or the cloud was asked this. */
  readonly begin: RegExp;
  readonly lengthMs: number;
  /** What the command has started goes at the same moment, as when the machine is switched off. */
  readonly withChildren?: true;
}

const LAST_OF_BUILDING = 'Magnum still builds';

/** In the order of the course. Where a kill fell late in its stretch, the next run may be past the next one's begin already. */
const course: Record<string, Stretch> = {
  'it has logged in and looks': { command: 'kube', begin: /POST \/v3\/auth\/tokens/, lengthMs: 80 },
  'the order is on its way': { command: 'kube', begin: /POST \/v1\/clusters$|built by Magnum/m, lengthMs: 40 },
  'Magnum builds': { command: 'kube', begin: /… .*built by Magnum/, lengthMs: 2000 },
  [LAST_OF_BUILDING]: { command: 'kube', begin: /… .*built by Magnum/, lengthMs: 2000 },
  'the certificate is signed': { command: 'kube', begin: /GET \/v1\/certificates/, lengthMs: 100 },
  'definitions are applied': { command: 'spark', begin: /✓ Looking at the cluster/, lengthMs: 1500 },
  'the key is made': { command: 'spark', begin: /POST .*OS-EC2|… Helm release/, lengthMs: 80 },
  'Helm installs': { command: 'spark', begin: /… Helm release/, lengthMs: 4000 },
  'Helm installs again': { command: 'spark', begin: /… Helm release/, lengthMs: 4000, withChildren: true },
  'the pods start': { command: 'spark', begin: /… Pods of the release/, lengthMs: 400 },
};

/** Numbers from 0 to 1, the same for the same seed (a linear congruential generator). */
function* shares(seed: number): Generator<number, never> {
  for (let value = seed >>> 0; ;) {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0;
    yield value / 2 ** 32;
  }
}

const random = shares(SEED);
const kills = Object.entries(course).map(([when, stretch], number) => ({
  ...stretch,
  number,
  when,
  moment: Math.round(random.next().value * stretch.lengthMs),
}));

/** After each kill a person types both commands again, from the beginning; every second time on another machine: an empty home. */
describe(`create kube and create spark, killed ten times in one course (seed ${SEED})`, () => {
  let cluster: Prepared;
  let kubectl: Kubectl;
  let cloud: FakeCloud;
  let machines: MachinesOfFakeCloud;
  let folder: string;
  let values: readonly string[];
  // However fast or slow this machine is: Magnum has built when it was waited for often enough.
  const magnum = { mayFinish: false };

  const start = (command: Stage, attempt: number): SpawnedOpsparkctl => {
    cloud.forget();
    const home = join(folder, `home-${attempt - (attempt % 2)}`);
    const kube = ['create', 'kube', CLUSTER, '--template', 'k8s'];
    const where = ['--release', RELEASE, '--namespace', NAMESPACE, '--job-namespace', JOBS];
    const spark = ['create', 'spark', ...where, ...values, '-o', 'json'];
    // The cluster is real and takes its time; the fake cloud does not.
    const env = command === 'kube' ? {} : { HURRY: '1', OPSPARKCTL_HELM: helmPath() };
    return spawnOpsparkctl(command === 'kube' ? kube : spark, { cloud, home, env });
  };

  const done = async (command: Stage, attempt: number): Promise<string> => {
    const { code, out, err } = await start(command, attempt).ended;
    if (code !== 0) throw new Error(`create ${command} ended with ${code}\n${err}`);
    return out;
  };

  /** What a run has said and asked for so far, line by line. */
  const told = (run: SpawnedOpsparkctl): string =>
    [run.said(), ...cloud.requests().map(({ method, path }) => `${method} ${path}`)].join('\n');

  const kept = () => ({
    clusters: cloud.clusters().map(({ name }) => name),
    keys: cloud.credentials().length,
    buckets: cloud.buckets().length,
  });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'openstack-kill-'));
    cluster = await preparedCluster();
    ({ kubectl } = cluster);
    values = cluster.values([JOBS], { webhook: { replicas: 1 } });
    await clear(cluster);
    machines = machinesOfFakeCloud(process.env['SPARK_OPERATOR_CLUSTER'] ?? DEFAULT_NAME);
    const { apiAddress, onClusterUp } = machines.options;
    cloud = await startFakeCloud({
      apiAddress,
      onClusterUp: async (raised) => {
        await eventually(() => magnum.mayFinish, { timeoutMs: 600_000 });
        await onClusterUp(raised);
      },
    });
  }, 900_000);

  afterAll(async () => {
    magnum.mayFinish = true;
    await clear(cluster);
    await machines.forget();
    await cloud.close();
    await rm(folder, { recursive: true, force: true });
  }, 240_000);

  it.each(kills)(
    'kill $number: $moment ms into "$when" of create $command',
    async ({ command, number, when, begin, moment, withChildren = false }) => {
      if (command === 'spark') await done('kube', number);
      const run = start(command, number);
      const life = { over: false };
      void run.ended.then(() => (life.over = true));
      await eventually(() => life.over || begin.test(told(run)), { timeoutMs: 180_000, everyMs: 2 });
      await wait(moment);
      const family = withChildren ? below(run.pid) : [];
      run.kill('SIGKILL');
      family.forEach(killHard);
      const { code, err } = await run.ended;
      // -1: it was the signal that ended it, in the midst of the stretch.
      if (code !== -1) throw new Error(`create ${command} ended with ${code} before it was killed\n${err}`);
      expect(told(run)).toMatch(begin);
      if (when === LAST_OF_BUILDING) magnum.mayFinish = true;
      const { clusters, keys, buckets } = kept();
      for (const count of [clusters.length, keys, buckets]) expect(count).toBeLessThanOrEqual(1);
    },
    240_000,
  );

  it('are done by the eleventh run, from an empty home: one cluster, key, bucket and release, and the operator runs', async () => {
    await done('kube', kills.length);
    expect(JSON.parse(await done('spark', kills.length))).toMatchObject({
      steps: expect.arrayContaining([expect.objectContaining({ step: 'pods', result: 'ready' })]),
    });

    expect(kept()).toEqual({ clusters: [CLUSTER], keys: 1, buckets: 1 });
    expect(cloud.clusters()).toMatchObject([{ status: 'CREATE_COMPLETE' }]);
    const [key] = cloud.credentials();
    await expect(accessKeyIn(kubectl, NAMESPACE)).resolves.toBe(key?.id);

    const releases = await cluster.helm([
      'list',
      '--all',
      '--all-namespaces',
      '--filter',
      `^${RELEASE}$`,
      '-o',
      'json',
    ]);
    expect(JSON.parse(releases)).toMatchObject([{ name: RELEASE, namespace: NAMESPACE, status: 'deployed' }]);

    // The controller itself brings the Secret there.
    await kubectl.text(['-n', JOBS, 'wait', '--for=create', 'secret/spark-s3', '--timeout', '60s']);
    await expect(accessKeyIn(kubectl, JOBS)).resolves.toBe(key?.id);
  }, 300_000);

  it('and once more nothing changes', async () => {
    const again = await done('spark', kills.length);
    expect(again).not.toMatch(/"result": "(created|updated)"/);
    expect(kept()).toEqual({ clusters: [CLUSTER], keys: 1, buckets: 1 });
  }, 120_000);
});

/** All processes that a process has started, and those that they have. */
function below(pid: number): readonly number[] {
  const children = proc(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...below(child)]);
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was faster.
  }
}

const proc = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
};

async function clear({ helm, kubectl }: Prepared): Promise<void> {
  await helm(['uninstall', RELEASE, '--namespace', NAMESPACE, '--ignore-not-found', '--wait']).catch(() => '');
  await kubectl.text(['delete', 'namespace', NAMESPACE, JOBS, '--ignore-not-found', '--timeout', '120s']);
}

async function accessKeyIn(kubectl: Kubectl, namespace: string): Promise<string> {
  const path = ['-o', 'jsonpath={.data.AWS_ACCESS_KEY_ID}'];
  const encoded = await kubectl.text(['-n', namespace, 'get', 'secret', 'spark-s3', ...path]);
  return Buffer.from(encoded, 'base64').toString('utf8');
}

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import type { FakeCloud } from '../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../hack/fake-cloud/start.ts';
import { spawnOpsparkctl } from './spawn-opsparkctl.ts';

jest.setTimeout(300_000);

/** Printed by every test, so that a failure can be had again. */
const SEED = Number(process.env['KILL_SEED'] ?? '20261122');
const ROUNDS = 10;

let cloud: FakeCloud;
let folder: string;
/** Requests of a run that nobody kills. */
let usual: number;

beforeAll(async () => {
  cloud = await startFakeCloud({ quotas: { clusters: 50 }, latencies: { createMs: 600 } });
  folder = await mkdtemp(join(tmpdir(), 'opsparkctl-kill-'));
  expect(await create('unharmed', 'unharmed').ended).toMatchObject({ code: 0 });
  usual = cloud.requests().length;
});
afterAll(async () => {
  await cloud.close();
  await rm(folder, { recursive: true });
});

const create = (name: string, home: string) =>
  spawnOpsparkctl(['create', 'kube', name, '--template', 'k8s', '-o', 'json'], { cloud, home: join(folder, home) });

/** Numbers between 0 and 1, the same for the same seed (a linear congruential generator). */
const moments = (seed: number): number[] => {
  const numbers: number[] = [];
  for (let value = seed; numbers.length < ROUNDS;) {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0;
    numbers.push(value / 2 ** 32);
  }
  return numbers;
};

/** One moment in each tenth of a run. */
const rounds = moments(SEED).map((within, round) => ({
  round,
  moment: (round + within) / ROUNDS,
  sameHome: round % 2 === 0,
}));

/** Waits until the cloud has seen such a share of the requests of a run, and some milliseconds more; or for the run's end. */
async function untilShare(moment: number, ended: Promise<unknown>): Promise<void> {
  const run = { ended: false };
  void ended.then(() => (run.ended = true));
  const before = cloud.requests().length;
  while (!run.ended && cloud.requests().length - before < moment * usual) await wait(1);
  await wait((moment * 1000) % 15);
}

describe(`create kube that is killed (seed ${SEED})`, () => {
  it.each(rounds)(
    'round $round, after $moment of its requests; same home: $sameHome',
    async ({ round, moment, sameHome }) => {
      const name = `victim${round}`;
      const killed = create(name, name);
      await untilShare(moment, killed.ended);
      killed.kill('SIGKILL');
      await killed.ended;

      const home = sameHome ? name : `${name}-elsewhere`;
      const { code, out, err } = await create(name, home).ended;
      expect({ code, err }).toEqual({ code: 0, err: expect.any(String) });

      const clusters = cloud.clusters().filter((cluster) => cluster.name === name);
      expect(clusters).toMatchObject([{ status: 'CREATE_COMPLETE' }]);
      const uuid = clusters[0]?.uuid;
      expect(JSON.parse(out)).toMatchObject({ uuid, status: 'CREATE_COMPLETE' });
      expect(await stateIn(home)).toMatchObject({ clusters: [{ name, uuid, contexts: [`${name}-RegionOne`] }] });
      expect(await readFile(join(folder, home, '.kube', 'config'), 'utf8')).toContain(
        `current-context: "${name}-RegionOne"`,
      );
      expect(cloud.credentials()).toEqual([]);
      expect(cloud.buckets()).toEqual([]);
    },
  );

  it('is done twice at the same time by one person: one cluster', async () => {
    const both = [create('twin', 'twin'), create('twin', 'twin')];
    for (const { ended } of both) expect(await ended).toMatchObject({ code: 0 });
    expect(cloud.clusters().filter(({ name }) => name === 'twin')).toHaveLength(1);
  });

  it('is done at the same time on two machines: one cluster in the end', async () => {
    const both = [create('race', 'race-here'), create('race', 'race-there')];
    for (const { ended } of both) expect(await ended).toMatchObject({ code: 0 });
    const left = cloud.clusters().filter(({ name, status }) => name === 'race' && !status.startsWith('DELETE_'));
    expect(left).toHaveLength(1);
    for (const home of ['race-here', 'race-there'])
      expect(await stateIn(home)).toMatchObject({ clusters: [{ name: 'race', uuid: left[0]?.uuid }] });
  });
});

const stateIn = async (home: string): Promise<unknown> => {
  const file = join(folder, home, '.local/state/opsparkctl', `demo-${cloud.facts.project.id}.json`);
  return JSON.parse(await readFile(file, 'utf8'));
};

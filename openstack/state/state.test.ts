import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { change, type ClusterState, forget, remember } from './cluster-state.ts';
import { withLock } from './lock.ts';
import { readState, stateFile, stateFolder, updateState } from './state.ts';

const owner = { cloud: 'my/cloud', projectId: 'p1' };

const aCluster = (uuid: string): ClusterState => ({
  name: 'demo',
  uuid,
  cloud: 'my/cloud',
  projectId: 'p1',
  region: 'RegionOne',
  order: 'abc',
  contexts: [],
  createdAt: '2026-01-01T00:00:00Z',
  steps: {},
});

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'opsparkctl-state-'));
});
afterEach(() => rm(home, { recursive: true }));

const world = () => ({
  env: {},
  home,
  now: () => new Date(),
  sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds / 20)),
  interrupted: new AbortController().signal,
});

describe('state', () => {
  it('is empty where nothing was made', async () => {
    expect(await readState(world(), owner)).toEqual([]);
  });

  it('is remembered, changed and forgotten by UUID', async () => {
    await updateState(world(), owner, (clusters) => remember(remember(clusters, aCluster('a')), aCluster('b')));
    await updateState(world(), owner, (clusters) => change(clusters, 'b', { bucket: 'bucket-b' }));
    await updateState(world(), owner, (clusters) => forget(clusters, 'a'));
    expect(await readState(world(), owner)).toEqual([{ ...aCluster('b'), bucket: 'bucket-b' }]);
  });

  it('lies in a file that only its owner reads, beside nothing else', async () => {
    await updateState(world(), owner, () => [aCluster('a')]);
    const file = stateFile(world(), owner);
    expect(file).toBe(join(home, '.local/state/opsparkctl/my_cloud-p1.json'));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(stateFolder(world()))).mode & 0o777).toBe(0o700);
    expect(await readdir(stateFolder(world()))).toEqual(['my_cloud-p1.json']);
  });

  it('lies below XDG_STATE_HOME when that is set', () => {
    expect(stateFolder({ home, env: { XDG_STATE_HOME: '/state' } })).toBe('/state/opsparkctl');
  });

  it('loses nothing when many write at once', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `u${index}`);
    await Promise.all(
      names.map((uuid) => updateState(world(), owner, (clusters) => remember(clusters, aCluster(uuid)))),
    );
    expect((await readState(world(), owner)).map(({ uuid }) => uuid).sort()).toEqual([...names].sort());
  });

  it.each(['{', '[]', '{"clusters":[{"name":1}]}'])('refuses a file that says %s, and names it', async (text) => {
    await updateState(world(), owner, () => []);
    await writeFile(stateFile(world(), owner), text);
    await expect(readState(world(), owner)).rejects.toThrow(`the state file ${stateFile(world(), owner)} cannot be`);
  });
});

describe('lock', () => {
  const request = (waitMs = 200) => ({ file: join(home, 'a.lock'), purpose: 'make cluster "demo"', waitMs });

  it('is held for the work and gone after it, even when it fails', async () => {
    const inside = withLock(world(), request(), async () => {
      expect(await readFile(request().file, 'utf8')).toBe(`${process.pid} ${hostname()}`);
      throw new Error('work failed');
    });
    await expect(inside).rejects.toThrow('work failed');
    expect(await readdir(home)).toEqual([]);
  });

  it('of a living process is a conflict that names it', async () => {
    await writeFile(request().file, `${process.pid} ${hostname()}`);
    await expect(withLock(world(), request(), async () => 'in')).rejects.toMatchObject({
      exitCode: 6,
      message: expect.stringContaining(`cannot make cluster "demo": another opsparkctl (process ${process.pid}`),
    });
  });

  it('of a dead process is taken over', async () => {
    await writeFile(request().file, `999999999 ${hostname()}`);
    expect(await withLock(world(), request(), async () => 'in')).toBe('in');
  });

  it('of another machine is respected', async () => {
    await writeFile(request().file, `1 elsewhere`);
    await expect(withLock(world(), request(), async () => 'in')).rejects.toMatchObject({ exitCode: 6 });
  });
});

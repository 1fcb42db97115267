import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { KubeconfigEntry } from './entry.ts';
import { kubeconfigToWrite } from './kubeconfig-file.ts';
import { writeKubeconfig } from './write-kubeconfig.ts';

const entry: KubeconfigEntry = { name: 'demo-north', server: 'https://x', caPem: 'CA', token: 'TOKEN' };
const other = 'apiVersion: v1\nkind: Config\nclusters:\n  - name: other\n    cluster:\n      server: https://other\n';

let home = '';
beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'kubeconfig-'))));
afterEach(async () => rm(home, { recursive: true, force: true }));

const world = (over: { env?: Record<string, string>; sleep?: () => Promise<void> } = {}) => ({
  env: over.env ?? {},
  home,
  now: () => new Date('2026-11-22T20:00:00.123Z'),
  random: (bytes: number) => new Uint8Array(bytes).fill(7),
  sleep: over.sleep ?? (async () => undefined),
  interrupted: new AbortController().signal,
});

const modeOf = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;

describe('writing a kubeconfig', () => {
  it('makes the usual file and its folder, for the owner only', async () => {
    const written = await writeKubeconfig(world(), { entry, setCurrent: true });
    const file = join(home, '.kube', 'config');
    expect(written).toEqual({ file, changed: true, backup: undefined, context: 'demo-north' });
    expect(await modeOf(file)).toBe(0o600);
    expect(await modeOf(dirname(file))).toBe(0o700);
  });

  it('keeps the old text beside it and closes a file that others could read', async () => {
    const file = join(home, 'config');
    await writeFile(file, other, { mode: 0o644 });
    await chmod(file, 0o644);
    const { backup = '' } = await writeKubeconfig(world(), { file, entry, setCurrent: false });
    expect(basename(backup)).toBe('config.backup-20261122T200000123Z');
    expect(await readFile(backup, 'utf8')).toBe(other);
    expect([await modeOf(backup), await modeOf(file)]).toEqual([0o600, 0o600]);
    const text = await readFile(file, 'utf8');
    expect(text.startsWith(other)).toBe(true);
    expect(text).toContain('TOKEN');
    expect((await readdir(home)).toSorted()).toEqual(['config', 'config.backup-20261122T200000123Z']);
  });

  it('makes no backup when nothing changes', async () => {
    const file = join(home, 'config');
    await writeKubeconfig(world(), { file, entry, setCurrent: true });
    expect(await writeKubeconfig(world(), { file, entry, setCurrent: true })).toMatchObject({
      changed: false,
      backup: undefined,
    });
    expect(await readdir(home)).toEqual(['config']);
  });

  it('writes through a link', async () => {
    const target = join(home, 'real');
    await writeFile(target, other);
    await symlink(target, join(home, 'link'));
    await writeKubeconfig(world(), { file: join(home, 'link'), entry, setCurrent: false });
    expect((await lstat(join(home, 'link'))).isSymbolicLink()).toBe(true);
    expect(await readFile(target, 'utf8')).toContain('TOKEN');
  });

  it('leaves a file that is no kubeconfig as it is', async () => {
    const file = join(home, 'config');
    await writeFile(file, 'users: [{token: s3cret\n');
    const writing = writeKubeconfig(world(), { file, entry, setCurrent: false });
    await expect(writing).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(`${file} is not a`) });
    await expect(writing).rejects.not.toThrow('s3cret');
    expect(await readFile(file, 'utf8')).toBe('users: [{token: s3cret\n');
    expect(await readdir(home)).toEqual(['config']);
  });

  it('waits for kubectl, which changes it', async () => {
    const file = join(home, 'config');
    await writeFile(`${file}.lock`, '');
    const naps: string[] = [];
    const sleep = async (): Promise<void> => {
      naps.push('nap');
      if (naps.length === 3) await rm(`${file}.lock`);
    };
    await writeKubeconfig(world({ sleep }), { file, entry, setCurrent: true });
    expect(naps).toHaveLength(3);
  });
});

describe('the file that is written when none is named', () => {
  it('is the first of KUBECONFIG that exists, else the last', async () => {
    const [one, two] = [join(home, 'one'), join(home, 'two')];
    const env = { KUBECONFIG: `${one}:${two}` };
    expect(kubeconfigToWrite({ env, home })).toBe(two);
    await writeFile(one, '');
    expect(kubeconfigToWrite({ env, home })).toBe(one);
    expect(kubeconfigToWrite({ env: {}, home })).toBe(join(home, '.kube', 'config'));
  });
});

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { makeCgroup, removeCgroup } from './cgroups.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cgroup-'));
});
afterEach(() => rm(root, { recursive: true }));

describe('control groups of version 1', () => {
  beforeEach(async () => {
    for (const hierarchy of ['memory', 'unified']) await mkdir(join(root, hierarchy));
  });

  it('are made in every hierarchy and removed with all below them, and nothing beside them', async () => {
    await mkdir(join(root, 'memory', 'of-another'));
    await makeCgroup('/cluster-c-node0', root);
    for (const hierarchy of ['memory', 'unified']) {
      await mkdir(join(root, hierarchy, 'cluster-c-node0', 'kubepods', 'pod1'), { recursive: true });
    }

    await removeCgroup('/cluster-c-node0', root);

    expect(existsSync(join(root, 'memory', 'cluster-c-node0'))).toBe(false);
    expect(existsSync(join(root, 'unified', 'cluster-c-node0'))).toBe(false);
    expect(existsSync(join(root, 'memory', 'of-another'))).toBe(true);
  });

  it('that are gone already need no removing', async () => {
    await expect(removeCgroup('/cluster-c-node0', root)).resolves.toBeUndefined();
  });
});

describe('control groups of version 2', () => {
  it('hand the controllers down on the way to the pods', async () => {
    await writeFile(join(root, 'cgroup.controllers'), 'cpu memory\n');
    await mkdir(join(root, 'cluster-c-node0'));
    await makeCgroup('/cluster-c-node0', root);
    for (const level of ['', 'cluster-c-node0']) {
      expect(await readFile(join(root, level, 'cgroup.subtree_control'), 'utf8')).toBe('+cpu +memory');
    }
  });
});

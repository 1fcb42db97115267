import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { claimRoot, removeRoot } from './root-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'root-folder-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the folder of a cloud', () => {
  it('is made, taken again with what is in it, and removed', async () => {
    const root = join(folder, 'new');
    await claimRoot(root);
    await writeFile(join(root, 'facts.json'), '{}');
    await claimRoot(root);
    await removeRoot(root);
    expect(existsSync(root)).toBe(false);
  });

  it('may be an empty one', async () => {
    await expect(claimRoot(folder)).resolves.toBeUndefined();
  });

  it('is never one with other things in it: neither taken nor removed', async () => {
    await writeFile(join(folder, 'thesis.tex'), '');
    await expect(claimRoot(folder)).rejects.toThrow('holds other things (thesis.tex');
    await removeRoot(folder);
    expect(existsSync(join(folder, 'thesis.tex'))).toBe(true);
  });

  it('that is not there needs no removing', async () => {
    await expect(removeRoot(join(folder, 'none'))).resolves.toBeUndefined();
  });
});

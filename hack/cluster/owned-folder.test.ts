import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { makeOwnedFolder } from './owned-folder.ts';
import { identify } from './process-identity.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'owned-'));
});
afterEach(() => rm(parent, { recursive: true }));

async function folderOf(name: string, owner: object | undefined): Promise<string> {
  const folder = join(parent, name);
  await mkdir(folder);
  if (owner !== undefined) await writeFile(join(folder, 'owner.json'), JSON.stringify(owner));
  return folder;
}

describe('makeOwnedFolder', () => {
  it('removes the folders of processes that have ended, and no others', async () => {
    const orphan = await folderOf('spark-operator-old', { ...identify(process.pid), startTime: '1' });
    const inUse = await folderOf('spark-operator-used', identify(process.pid));
    const unknown = await folderOf('spark-operator-unknown', undefined);
    const foreign = await folderOf('another', { ...identify(process.pid), startTime: '1' });

    const made = await makeOwnedFolder(parent, 'new');

    expect(existsSync(orphan)).toBe(false);
    expect([inUse, unknown, foreign, made].map((folder) => existsSync(folder))).toEqual([true, true, true, true]);
  });
});

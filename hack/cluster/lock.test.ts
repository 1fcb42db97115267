import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { withLock } from './lock.ts';
import { identify } from './process-identity.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('withLock', () => {
  it('holds the lock during the work only, and leaves nothing behind', async () => {
    const file = join(folder, 'a.lock');
    const held = await withLock(
      file,
      async () => existsSync(file),
      () => undefined,
    );
    expect(held).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });

  it('waits for a living holder and says who that is', async () => {
    const file = join(folder, 'a.lock');
    await writeFile(file, JSON.stringify(identify(process.pid)));
    const waitedFor: number[] = [];
    const work = withLock(
      file,
      async () => 'done',
      (pid) => {
        waitedFor.push(pid);
        void rm(file);
      },
    );
    expect(await work).toBe('done');
    expect(waitedFor).toEqual([process.pid]);
  });

  it.each([
    ['a holder that is gone', JSON.stringify({ ...identify(process.pid), startTime: '1' })],
    ['a torn file', '{'],
  ])('takes over the lock of %s', async (_name, content) => {
    const file = join(folder, 'a.lock');
    await writeFile(file, content);
    expect(
      await withLock(
        file,
        async () => 'done',
        () => undefined,
      ),
    ).toBe('done');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is free again after the work has failed', async () => {
    const file = join(folder, 'a.lock');
    await expect(
      withLock(
        file,
        () => Promise.reject(new Error('broken')),
        () => undefined,
      ),
    ).rejects.toThrow('broken');
    expect(existsSync(file)).toBe(false);
  });
});

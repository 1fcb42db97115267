import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { run } from '../run.ts';
import { withServiceStartsDenied } from './service-starts.ts';

let folder = '';
let policy = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'policy-'));
  policy = join(folder, 'policy-rc.d');
});
afterEach(() => rm(folder, { recursive: true }));

describe('withServiceStartsDenied', () => {
  it('answers 101 during the work, and leaves nothing behind', async () => {
    const work = () => run(policy, ['containerd', 'start']);
    await expect(withServiceStartsDenied(work, policy)).rejects.toMatchObject({ code: 101 });
    expect(existsSync(policy)).toBe(false);
  });

  it('brings back the policy of the machine', async () => {
    await writeFile(policy, 'its own');
    await withServiceStartsDenied(async () => undefined, policy);
    await expect(readFile(policy, 'utf8')).resolves.toBe('its own');
  });

  it('brings back what a killed run had put aside', async () => {
    await writeFile(policy, '#!/bin/sh\nexit 101\n');
    await writeFile(`${policy}.put-aside`, 'its own');
    await withServiceStartsDenied(async () => undefined, policy);
    await expect(readFile(policy, 'utf8')).resolves.toBe('its own');
    expect(existsSync(`${policy}.put-aside`)).toBe(false);
  });
});

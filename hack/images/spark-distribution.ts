import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheDir } from '../cache.ts';
import type { Progress } from '../../terminal/progress.ts';
import { run } from '../run.ts';

/** SHA-256 of the source distributions `pyspark-VERSION.tar.gz` on PyPI: the one public package that carries all of Spark. */
export const PYSPARK_SHA256 = {
  '3.5.8': '54cca0767b21b40e3953ad1d30f8601c53abf9cbda763653289cdcfcac52313c',
  '4.0.1': '9d1f22d994f60369228397e3479003ffe2dd736ba79165003246ff7bd48e2c73',
} as const;

export type SparkVersion = keyof typeof PYSPARK_SHA256;

/** Where the parts of the source distribution belong in SPARK_HOME. */
const LAYOUT: Readonly<Record<string, string>> = {
  'deps/bin': 'bin',
  'deps/sbin': 'sbin',
  'deps/jars': 'jars',
  'deps/data': 'data',
  'deps/licenses': 'licenses',
  'deps/examples': 'examples/src/main/python',
  pyspark: 'python/pyspark',
  lib: 'python/lib',
};

/** Jars of an interactive client: nothing in a pod loads them. */
const SUPERFLUOUS = ['jars/connect-repl'] as const;

/** Downloads a version of Spark once, and lays it out as SPARK_HOME in the cache. Returns that folder. */
export async function sparkDistribution(version: SparkVersion, progress: Progress): Promise<string> {
  const home = cacheDir('spark', version);
  if (existsSync(home)) return home;
  await mkdir(cacheDir('spark'), { recursive: true });
  const archive = await download(version, progress);
  await progress.step(`Unpacking Spark ${version}`, () => layOut(archive, version, home));
  await rm(archive);
  return home;
}

async function download(version: SparkVersion, progress: Progress): Promise<string> {
  const folder = cacheDir('downloads');
  const archive = join(folder, `pyspark-${version}.tar.gz`);
  if (existsSync(archive)) return archive;
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, 'pip-'));
  try {
    const requirements = join(work, 'requirements.txt');
    await writeFile(requirements, `pyspark==${version} --hash=sha256:${PYSPARK_SHA256[version]}\n`);
    const args = ['download', '--no-deps', '--no-binary', 'pyspark', '--dest', work, '--requirement', requirements];
    const pip = (): Promise<unknown> => run('pip3', args);
    await progress.step(`Downloading Spark ${version} (the pyspark package, up to 434 MB)`, pip, '20 s to 2 min, once');
    await rename(join(work, `pyspark-${version}.tar.gz`), archive);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return archive;
}

async function layOut(archive: string, version: SparkVersion, home: string): Promise<void> {
  const work = await mkdtemp(cacheDir('spark', `${version}-`));
  try {
    await run('tar', ['--extract', '--gzip', '--no-same-owner', '--file', archive, '--directory', work]);
    const source = join(work, `pyspark-${version}`);
    const target = join(work, 'home');
    for (const [from, to] of Object.entries(LAYOUT)) {
      if (!existsSync(join(source, from))) continue;
      await mkdir(join(target, to, '..'), { recursive: true });
      await rename(join(source, from), join(target, to));
    }
    await makeExecutable(target);
    for (const path of SUPERFLUOUS) await rm(join(target, path), { recursive: true, force: true });
    await rename(target, home);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function makeExecutable(home: string): Promise<void> {
  for (const folder of ['bin', 'sbin']) {
    const names = await readdir(join(home, folder));
    await run('chmod', ['a+rx', ...names.map((name) => join(home, folder, name))]);
  }
}

/** Copies a distribution into a build context; hard links where the file system allows, for it is half a gigabyte. */
export async function copyDistribution(home: string, target: string): Promise<void> {
  await run('cp', ['--archive', '--link', home, target]).catch(() => cp(home, target, { recursive: true }));
}

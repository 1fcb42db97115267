import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheDir } from '../cache.ts';
import type { Progress } from '../../terminal/progress.ts';
import { run } from '../run.ts';
import type { SparkVersion } from './spark-distribution.ts';

const SOURCES = join(import.meta.dirname, '../../images/spark-aws');

const COPY_DEPENDENCIES = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';

/** Groups that Spark brings itself, in newer versions than hadoop-aws and the AWS SDK ask for. */
const SPARK_HAS = [
  'com.fasterxml.jackson.core',
  'commons-codec',
  'commons-logging',
  'io.netty',
  'joda-time',
  'org.apache.httpcomponents',
  'org.slf4j',
] as const;

/**
 * The jars that a version of Spark lacks for `s3a://` paths, as a folder of the cache: Maven resolves them once. Throws
 * when a jar is missing, is one too many, or has another SHA-256 than `images/spark-aws/jars-VERSION.sha256` says.
 */
export async function sparkAwsJars(version: SparkVersion, progress: Progress): Promise<string> {
  const wanted = await readFile(join(SOURCES, `jars-${version}.sha256`), 'utf8');
  const key = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  const folder = cacheDir('spark', `${version}-aws-jars-${key}`);
  if (existsSync(folder)) return folder;
  await mkdir(cacheDir('spark'), { recursive: true });
  const work = await mkdtemp(cacheDir('spark', `${version}-aws-jars-`));
  try {
    const fetch = (): Promise<unknown> => run('mvn', mavenArguments(version, work));
    await progress.step(`Downloading hadoop-aws for Spark ${version} with Maven`, fetch, '20 s to 1 min, once');
    const difference = differenceOf(checksums(wanted), await checksumsOf(work));
    if (difference.length > 0) throw new Error(`The jars for Spark ${version} differ: ${difference.join('; ')}`);
    await rename(work, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

function mavenArguments(version: SparkVersion, into: string): readonly string[] {
  const options = ['--batch-mode', '--quiet', '--strict-checksums', '--file', join(SOURCES, `pom-${version}.xml`)];
  return [...options, COPY_DEPENDENCIES, `-DexcludeGroupIds=${SPARK_HAS.join(',')}`, `-DoutputDirectory=${into}`];
}

type Checksums = ReadonlyMap<string, string>;

/** Reads what `sha256sum` prints: a checksum, two spaces, a file name. */
export function checksums(text: string): Checksums {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
}

async function checksumsOf(folder: string): Promise<Checksums> {
  const rows = (await readdir(folder)).map(async (name) => {
    const content = await readFile(join(folder, name));
    return [name, createHash('sha256').update(content).digest('hex')] as const;
  });
  return new Map(await Promise.all(rows));
}

/** What keeps two sets of files from being the same, file by file. */
export function differenceOf(wanted: Checksums, found: Checksums): readonly string[] {
  const missing = [...wanted.keys()].filter((name) => !found.has(name)).map((name) => `${name} is missing`);
  const unknown = [...found.keys()].filter((name) => !wanted.has(name)).map((name) => `${name} is one too many`);
  const changed = [...wanted].filter(([name, sum]) => found.has(name) && found.get(name) !== sum);
  return [...missing, ...unknown, ...changed.map(([name]) => `${name} has another SHA-256`)];
}

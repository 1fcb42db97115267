import { existsSync } from 'node:fs';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';

import { cacheDir } from '../cache.ts';
import type { Progress } from '../../terminal/progress.ts';
import { contentKey } from './content-key.ts';
import type { Engine } from './engine.ts';
import { makeRootFilesystems, ROOT_FILESYSTEM_RECIPE, type RootFilesystems } from './root-filesystem.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The images that ours are built on. `key` says which they are. */
export interface Bases {
  readonly node: string;
  readonly java: string;
  /** Has /usr/bin/tini-static, or apt-get to install it. */
  readonly tini: string;
  readonly key: string;
}

/** The defaults of the Dockerfiles. */
const PUBLIC_BASES: Bases = {
  node: 'docker.io/library/node:24-bookworm-slim',
  java: 'docker.io/library/eclipse-temurin:17-jre',
  tini: 'docker.io/library/debian:bookworm-slim',
  key: 'public',
};

/** Which bases are used, before they are made: cheap, so that the keys of images can be computed from it. */
export async function chooseBases(engine: Engine, progress: Progress): Promise<Bases> {
  const file = cacheDir('images', `bases-of-${engine.name}`);
  const remembered = existsSync(file) ? await readFile(file, 'utf8') : undefined;
  const choice = remembered ?? ((await canPull(engine, progress)) ? 'public' : 'local');
  if (remembered === undefined) {
    await mkdir(cacheDir('images'), { recursive: true });
    await writeFile(file, choice);
  }
  return choice === 'public' ? PUBLIC_BASES : localBases();
}

async function canPull(engine: Engine, progress: Progress): Promise<boolean> {
  const pull = (): Promise<void> => engine.pull(PUBLIC_BASES.node);
  return progress.step('Asking the public registry for the base images', pull, '20 s').then(
    () => true,
    () => {
      progress.say('No registry answers: the base images are made from Debian packages instead');
      return false;
    },
  );
}

async function localBases(): Promise<Bases> {
  const values = [ROOT_FILESYSTEM_RECIPE, await lockedNodeVersion(), arch()];
  const key = await contentKey({ root: ROOT, paths: ['images/base'], values });
  const java = `localhost/spark-operator-base/java:${key}`;
  return { node: `localhost/spark-operator-base/node:${key}`, java, tini: java, key };
}

/** Makes the bases when they are local and not there yet. */
export async function ensureBases(engine: Engine, bases: Bases, progress: Progress): Promise<void> {
  if (bases.key === PUBLIC_BASES.key || ((await engine.has(bases.node)) && (await engine.has(bases.java)))) return;
  const folder = cacheDir('images', `bases-${bases.key}`);
  const files: RootFilesystems = { java: join(folder, 'java.tar'), node: join(folder, 'node.tar') };
  if (!existsSync(files.java)) {
    const make = (): Promise<void> => makeRootFilesystems(files, nodeBinary());
    await progress.step(
      'Making base images from Debian packages (Java 17, Python, Node.js 24)',
      make,
      '1 to 4 min, once',
    );
  }
  for (const [ref, tar] of [
    [bases.java, files.java],
    [bases.node, files.node],
  ] as const) {
    await importRootFilesystem(engine, ref, tar);
  }
}

async function importRootFilesystem(engine: Engine, ref: string, tar: string): Promise<void> {
  const context = `${tar}.context`;
  await rm(context, { recursive: true, force: true });
  await mkdir(context, { recursive: true });
  await link(tar, join(context, 'rootfs.tar'));
  await engine.build({ ref, dockerfile: join(ROOT, 'images/base/Dockerfile'), context, buildArgs: {} });
  await rm(context, { recursive: true });
}

/** Node.js 24 as the npm package for this platform brings it. */
function nodeBinary(): string {
  const file = join(ROOT, `node_modules/node-linux-${arch()}/bin/node`);
  if (existsSync(file)) return file;
  throw new Error(`${file} is missing: run "npm ci", or let docker or podman pull the public base images`);
}

async function lockedNodeVersion(): Promise<string> {
  // npm wrote this file, in the format of its version 3.
  const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly version?: string }>>;
  };
  return lock.packages[`node_modules/node-linux-${arch()}`]?.version ?? '';
}

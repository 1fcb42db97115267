import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { cacheDir } from '../cache.ts';
import { withLock } from '../cluster/lock.ts';
import { createProgress, type Progress } from '../../terminal/progress.ts';
import { chooseBases, ensureBases, type Bases } from './base-image.ts';
import { contentKey } from './content-key.ts';
import { detectEngine, type Engine } from './engine.ts';
import { IMAGES, type ImageDefinition, type ImageName } from './images.ts';

const ROOT = join(import.meta.dirname, '../..');

/** An image that is there: its name, and the file to load into a cluster. */
export interface BuiltImage {
  readonly ref: string;
  /** An archive in the cache whose name changes with the content of the image. */
  readonly archive: string;
}

/**
 * Builds an image with docker, podman or buildah, whichever answers, unless an image of the same content was built
 * before. Throws when no engine answers, or with the end of the build's output.
 */
export async function buildImage(name: ImageName, progress: Progress = createProgress()): Promise<BuiltImage> {
  const image = IMAGES[name];
  const engine = await detectEngine();
  if (engine === undefined) throw new Error(NO_ENGINE);
  const bases = await chooseBases(engine, progress);
  const base = image.on === undefined ? undefined : await builtBase(image.on, engine, progress);
  const on = base === undefined ? [] : [basename(base.archive)];
  const values = [...image.values, ...on, bases.key, engine.name, process.arch];
  const key = await contentKey({ root: ROOT, paths: image.paths, values });
  const built: BuiltImage = { ref: image.ref, archive: cacheDir('images', `${name}-${key}.tar`) };
  if (existsSync(built.archive)) return built;
  const build = (): Promise<void> => buildOnce({ name, image, engine, bases, archive: built.archive }, progress);
  const onWait = (pid: number): void => progress.say(`Waiting for process ${pid}, which builds images as well`);
  await withLock(cacheDir('images', 'build.lock'), build, onWait);
  return built;
}

/** An archive stays in the cache when the engine's own storage was cleaned. */
async function builtBase(name: ImageName, engine: Engine, progress: Progress): Promise<BuiltImage> {
  const base = await buildImage(name, progress);
  if (!(await engine.has(base.ref))) await engine.load(base.archive);
  return base;
}

const NO_ENGINE = [
  'No container engine answers: images are built with docker, podman or buildah.',
  'Start the Docker daemon, or install buildah:  sudo apt-get install buildah debootstrap',
].join('\n');

interface Build {
  readonly name: ImageName;
  readonly image: ImageDefinition;
  readonly engine: Engine;
  readonly bases: Bases;
  readonly archive: string;
}

async function buildOnce({ name, image, engine, bases, archive }: Build, progress: Progress): Promise<void> {
  if (existsSync(archive)) return;
  await ensureBases(engine, bases, progress);
  const context = await newContext(name);
  try {
    await image.stage(context, progress);
    await progress.step(
      `Building the image ${image.ref} with ${engine.name}`,
      async () => {
        const { ref, dockerfile } = image;
        await engine.build({ ref, dockerfile: join(ROOT, dockerfile), context, buildArgs: image.buildArgs(bases) });
        await rm(`${archive}.new`, { force: true });
        await engine.save(ref, `${archive}.new`);
      },
      image.usually,
    );
    await removeOlder(name);
    await rename(`${archive}.new`, archive);
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}

async function newContext(name: ImageName): Promise<string> {
  await mkdir(cacheDir('images'), { recursive: true });
  return mkdtemp(cacheDir('images', `${name}-context-`));
}

/** One archive per image is enough: the older ones would fill the disk, a gigabyte each. */
async function removeOlder(name: ImageName): Promise<void> {
  const older = (await readdir(cacheDir('images'))).filter((file) => isArchiveOf(name, file));
  for (const file of older) await rm(cacheDir('images', file));
}

/** `operator-0123456789ab.tar` is an archive of `operator`. */
export function isArchiveOf(name: ImageName, file: string): boolean {
  return file.startsWith(`${name}-`) && /^[0-9a-f]{12}\.tar$/.test(file.slice(name.length + 1));
}

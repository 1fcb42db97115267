import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheDir } from '../cache.ts';
import { run } from '../run.ts';

/** One build of a Dockerfile. */
export interface BuildRequest {
  readonly ref: string;
  readonly dockerfile: string;
  readonly context: string;
  readonly buildArgs: Readonly<Record<string, string>>;
}

/** What builds images: the few things that docker, podman and buildah all do. */
export interface Engine {
  readonly name: EngineName;
  build(request: BuildRequest): Promise<void>;
  /** True when the image is in the engine's own storage. */
  has(ref: string): Promise<boolean>;
  /** Throws when the image cannot be had, for instance because no registry answers. */
  pull(ref: string): Promise<void>;
  /** Writes the image with its name into a file that containerd and kind can import. */
  save(ref: string, archive: string): Promise<void>;
  /** Takes such a file into the engine's own storage, under the name it was saved with. */
  load(archive: string): Promise<void>;
}

export type EngineName = 'docker' | 'podman' | 'buildah';

/** How one engine is asked. `build` gets the arguments that all engines share. */
interface Dialect {
  readonly name: EngineName;
  /** A command that only succeeds when the engine can work: the daemon is asked, not the CLI. */
  readonly probe: readonly string[];
  readonly build: readonly string[];
  readonly has: (ref: string) => readonly string[];
  readonly save: (ref: string, archive: string) => readonly string[];
  readonly load: (archive: string) => readonly string[];
}

const DIALECTS: readonly Dialect[] = [
  {
    name: 'docker',
    probe: ['info'],
    build: ['build', '--quiet'],
    has: (ref) => ['image', 'inspect', ref],
    save: (ref, archive) => ['save', '--output', archive, ref],
    load: (archive) => ['load', '--quiet', '--input', archive],
  },
  {
    name: 'podman',
    probe: ['info'],
    build: ['build', '--quiet', '--layers'],
    has: (ref) => ['image', 'exists', ref],
    save: (ref, archive) => ['save', '--quiet', '--format', 'oci-archive', '--output', archive, ref],
    load: (archive) => ['load', '--quiet', '--input', archive],
  },
  {
    name: 'buildah',
    probe: ['version'],
    build: ['build', '--quiet', '--layers'],
    has: (ref) => ['inspect', '--type', 'image', ref],
    // Compressing and unpacking again on the same machine would cost more than the disk it saves.
    save: (ref, archive) => ['push', '--quiet', '--disable-compression', ref, `oci-archive:${archive}:${ref}`],
    load: (archive) => ['pull', '--quiet', `oci-archive:${archive}`],
  },
];

/** The first engine that answers, in the order docker, podman, buildah; undefined when none does. */
export async function detectEngine(): Promise<Engine | undefined> {
  for (const dialect of DIALECTS) {
    const engine = speak(dialect, dialect.name === 'buildah' ? await privateStorage() : { options: [], env: {} });
    if (await engine.answers()) return engine;
  }
  return undefined;
}

/** Global options and environment of one engine. */
interface Setting {
  readonly options: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** buildah works without a daemon: it gets a storage of its own, and needs neither user namespaces nor cgroups. */
async function privateStorage(): Promise<Setting> {
  const root = cacheDir('buildah', 'root');
  await mkdir(root, { recursive: true });
  return {
    options: ['--root', root, '--runroot', join(cacheDir('buildah', 'run'))],
    env: { BUILDAH_ISOLATION: 'chroot', STORAGE_DRIVER: 'overlay' },
  };
}

function speak(dialect: Dialect, { options, env }: Setting): Engine & { answers(): Promise<boolean> } {
  const ask = async (args: readonly string[]): Promise<void> => {
    await run(dialect.name, [...options, ...args], { env });
  };
  const succeeds = async (args: readonly string[]): Promise<boolean> =>
    ask(args).then(
      () => true,
      () => false,
    );
  return {
    name: dialect.name,
    answers: () => succeeds(dialect.probe),
    has: (ref) => succeeds(dialect.has(ref)),
    pull: (ref) => ask(['pull', '--quiet', ref]),
    save: (ref, archive) => ask(dialect.save(ref, archive)),
    load: (archive) => ask(dialect.load(archive)),
    build: (request) => ask([...dialect.build, ...buildArguments(request)]),
  };
}

/** The part of a build command that docker, podman and buildah share. */
export function buildArguments({ ref, dockerfile, context, buildArgs }: BuildRequest): readonly string[] {
  const args = Object.entries(buildArgs).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  return ['--tag', ref, '--file', dockerfile, ...args, context];
}

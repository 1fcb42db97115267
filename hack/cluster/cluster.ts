import { existsSync } from 'node:fs';

import { cacheDir } from '../cache.ts';
import type { Progress } from '../../terminal/progress.ts';
import { bareProvider } from './bare/provider.ts';
import { clusterFolder, readRecord } from './cluster-record.ts';
import { controlPlaneProvider } from './control-plane-provider.ts';
import { answeringEngine } from './engine.ts';
import { kindProvider } from './kind-provider.ts';
import { localStatus } from './local-status.ts';
import { withLock } from './lock.ts';
import type { ClusterOptions } from './options.ts';
import type { ClusterProvider, ClusterStatus } from './provider.ts';
import { requestedDifference } from './requested-difference.ts';

/** Which cluster, by whom it is run, and what it is like. */
export type ClusterRequest = Omit<ClusterOptions, 'command' | 'images'>;

/**
 * Makes the cluster, unless it runs already. What an earlier run left half done, or a restart of the machine left behind,
 * is removed first. Throws with what is missing on this machine and the command that fixes it.
 */
export async function clusterUp(request: ClusterRequest, progress: Progress): Promise<ClusterStatus> {
  return locked(request.name, progress, async () => {
    const before = await clusterStatus(request);
    if (before.state === 'running') return expectEnough(before, request);
    const provider = await chooseProvider(request);
    provider.check?.();
    if (before.state === 'broken') await removeBroken(before, progress);
    try {
      await provider.up(request, progress);
    } catch (error) {
      throw new Error(couldNotMake(request.name, error), { cause: error });
    }
    return clusterStatus(request);
  });
}

async function removeBroken({ name, details }: ClusterStatus, progress: Progress): Promise<void> {
  const why = details[0] ?? 'it does not work';
  const existing = await providerOfExisting({ name });
  await progress.step(`Removing what is left of the cluster "${name}" (${why})`, () => existing.down(name));
}

/** Removes the cluster and everything that was made for it. Nothing happens when there is none. */
export async function clusterDown(
  request: Pick<ClusterRequest, 'name' | 'provider'>,
  progress: Progress,
): Promise<void> {
  await locked(request.name, progress, async () => {
    const { state } = await clusterStatus(request);
    if (state === 'absent') {
      progress.say(`There is no cluster "${request.name}"`);
      return;
    }
    const provider = await providerOfExisting(request);
    await progress.step(`Removing the cluster "${request.name}"`, () => provider.down(request.name));
  });
}

/** How the cluster is, whoever runs it. */
export async function clusterStatus(request: Pick<ClusterRequest, 'name' | 'provider'>): Promise<ClusterStatus> {
  const local = await localStatus(request.name);
  if (readRecord(request.name) !== undefined || request.provider === 'bare') return local;
  const engine = await answeringEngine();
  if (engine === undefined) return local;
  const inKind = await kindProvider(engine).status(request.name);
  return inKind.state === 'absent' ? local : inKind;
}

/** Brings images into every node of the cluster: references of the local image store, or archive files. */
export async function clusterLoad(
  request: Pick<ClusterRequest, 'name' | 'provider'>,
  images: readonly string[],
  progress: Progress,
): Promise<void> {
  const provider = await providerOfExisting(request);
  for (const image of images)
    await progress.step(`Loading ${image} into the nodes`, () => provider.load(request.name, image));
}

async function chooseProvider(request: ClusterRequest): Promise<ClusterProvider> {
  if (request.controlPlane) return controlPlaneProvider;
  if (request.provider === 'bare') return bareProvider;
  const engine = await answeringEngine();
  if (engine !== undefined) return kindProvider(engine);
  if (request.provider === 'kind') {
    throw new Error(
      'No container engine answers. Start Docker or Podman ("docker info" must work), then run this again.',
    );
  }
  return bareProvider;
}

async function providerOfExisting({ name }: Pick<ClusterRequest, 'name' | 'provider'>): Promise<ClusterProvider> {
  const record = readRecord(name);
  if (record?.provider === 'control-plane') return controlPlaneProvider;
  if (record !== undefined) return bareProvider;
  const engine = await answeringEngine();
  return engine === undefined ? bareProvider : kindProvider(engine);
}

/** A running cluster is left as it is; one that is not what was asked for is an error, never changed under its users. */
function expectEnough(status: ClusterStatus, request: ClusterRequest): ClusterStatus {
  const record = readRecord(request.name);
  const difference = record === undefined ? undefined : requestedDifference(record, request);
  if (difference === undefined) return status;
  const down = `npm run cluster -- down --name ${request.name}`;
  throw new Error(`"${request.name}" runs already, but ${difference}. Choose another --name, or remove it: ${down}`);
}

function locked<T>(name: string, progress: Progress, work: () => Promise<T>): Promise<T> {
  const onWait = (pid: number): void => progress.say(`Waiting for process ${pid}, which works on "${name}" as well`);
  return withLock(cacheDir('clusters', `${name}.lock`), work, onWait);
}

function couldNotMake(name: string, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  const logs = existsSync(clusterFolder(name))
    ? `\nLogs are in ${clusterFolder(name)}. The next "up" starts anew.`
    : '';
  return `The cluster "${name}" could not be made: ${why}${logs}`;
}

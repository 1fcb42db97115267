import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Cli } from '../cli.ts';
import { errorCode } from '../error-code.ts';
import type { ClusterState } from './cluster-state.ts';
import { withLock } from './lock.ts';
import { parseState, stateText } from './parse-state.ts';

export type { ClusterState } from './cluster-state.ts';

/** Whose clusters: each cloud and project has a file of its own. */
export interface StateOwner {
  readonly cloud: string;
  readonly projectId: string;
}

type StateWorld = Pick<Cli, 'env' | 'home' | 'sleep' | 'now' | 'interrupted'>;

const LOCK_WAIT_MS = 15_000;

/** The folder of the state files: `$XDG_STATE_HOME/opsparkctl`, else `~/.local/state/opsparkctl`. */
export function stateFolder({ env, home }: Pick<Cli, 'env' | 'home'>): string {
  const base = env['XDG_STATE_HOME'] ?? '';
  return join(base === '' ? join(home, '.local', 'state') : base, 'opsparkctl');
}

/** One JSON file per cloud and project. What a file name cannot hold becomes `_`. */
export const stateFile = (world: Pick<Cli, 'env' | 'home'>, { cloud, projectId }: StateOwner): string =>
  join(stateFolder(world), `${fileName(cloud)}-${fileName(projectId)}.json`);

const fileName = (text: string): string => text.replaceAll(/[^A-Za-z0-9._-]/g, '_');

/** The remembered clusters; none when nothing was ever made here. @throws UserError when the file cannot be understood */
export async function readState(world: Pick<Cli, 'env' | 'home'>, owner: StateOwner): Promise<readonly ClusterState[]> {
  const file = stateFile(world, owner);
  try {
    return parseState(await readFile(file, 'utf8'), file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Changes the remembered clusters, on top of what other runs have written meanwhile. The file is replaced in one step and
 * readable by its owner only. Answers what is remembered now.
 */
export function updateState(
  world: StateWorld,
  owner: StateOwner,
  change: (clusters: readonly ClusterState[]) => readonly ClusterState[],
): Promise<readonly ClusterState[]> {
  const file = stateFile(world, owner);
  const lock = { file: `${file}.lock`, purpose: 'write the state file', waitMs: LOCK_WAIT_MS };
  return withLock(world, lock, async () => {
    const clusters = change(await readState(world, owner));
    await replaceFile(file, stateText(clusters));
    return clusters;
  });
}

/** A crash leaves the old file or the new one, even when the machine goes down. */
async function replaceFile(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await chmod(dirname(file), 0o700);
  const next = `${file}.${process.pid}.new`;
  const handle = await open(next, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, file);
}

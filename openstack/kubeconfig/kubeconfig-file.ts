import { existsSync } from 'node:fs';
import { mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { defaultKubeconfigFiles } from '../../kube/kubeconfig-merge.ts';
import { UserError } from '../../terminal/user-error.ts';
import type { Cli } from '../cli.ts';
import { errorCode } from '../error-code.ts';
import { exitCode } from '../exit-code.ts';
import { withLock } from '../state/lock.ts';
import { NoKubeconfigError } from './kubeconfig-text.ts';

/** What changing a kubeconfig came to. */
export interface ChangedFile {
  readonly file: string;
  readonly changed: boolean;
  /** Where the file lies as it was before; undefined for a new or an unchanged one. */
  readonly backup: string | undefined;
}

/** What writing a kubeconfig needs of the world. */
export type KubeconfigWorld = Pick<Cli, 'env' | 'home' | 'now' | 'random' | 'sleep' | 'interrupted'>;

/** kubectl locks a kubeconfig by a file of this name, too, and never longer than a moment. */
const lockOf = (file: string): Parameters<typeof withLock>[1] => ({
  file: `${file}.lock`,
  purpose: `write the kubeconfig ${file}`,
  waitMs: 5000,
});

/**
 * The file that is written when none is named: of those in KUBECONFIG the first that exists, else the last, as kubectl does;
 * without the variable `~/.kube/config`.
 */
export function kubeconfigToWrite({ env, home }: Pick<Cli, 'env' | 'home'>): string {
  const files = defaultKubeconfigFiles(env, home);
  return files.find((file) => existsSync(file)) ?? files.at(-1) ?? join(home, '.kube', 'config');
}

/** The text of a file, '' where there is none. */
export async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw new UserError(`Cannot read the kubeconfig ${file}: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * Changes the text of a kubeconfig: whole or not at all (a new file takes the old one's place), readable by its owner only, with
 * the old text kept beside it, and never at the same time as another run or kubectl. A link stays a link.
 * @throws UserError when the file cannot be read or written, or is no kubeconfig: then it is as it was
 */
export async function changeKubeconfig(
  world: KubeconfigWorld,
  path: string,
  change: (before: string) => string,
): Promise<ChangedFile> {
  const file = existsSync(path) ? await realpath(path) : path;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    return await withLock(world, lockOf(file), async () => {
      const before = await readIfThere(file);
      const after = change(before);
      const backup = before === '' || before === after ? undefined : backupName(file, world.now());
      if (backup !== undefined) await writeNew(backup, before);
      await replace(file, after, world.random);
      return { file, changed: before !== after, backup };
    });
  } catch (error) {
    throw explained(error, file);
  }
}

function explained(error: unknown, file: string): unknown {
  if (error instanceof NoKubeconfigError)
    return new UserError(
      `${file} is not a kubeconfig: ${error.reason}. Nothing was changed; repair it, or name another file with --output`,
      { exitCode: exitCode.usage, cause: error },
    );
  if (errorCode(error) === undefined || error instanceof UserError) return error;
  return new UserError(`Cannot write the kubeconfig ${file}: ${messageOf(error)}. Name another file with --output`, {
    cause: error,
  });
}

/** The time in a form that file names may have, to the millisecond: two runs of a second do not meet. */
const backupName = (file: string, now: Date): string =>
  `${file}.backup-${now.toISOString().replaceAll(/[-:]/g, '').replace('.', '')}`;

/** Even an unchanged text is written: the mode of the old file may be too open. */
async function replace(file: string, text: string, random: Cli['random']): Promise<void> {
  const beside = `${file}.${Buffer.from(random(6)).toString('hex')}.tmp`;
  try {
    await writeNew(beside, text);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function writeNew(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

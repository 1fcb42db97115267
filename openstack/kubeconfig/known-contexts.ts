import { existsSync } from 'node:fs';

import { defaultKubeconfigFiles } from '../../kube/kubeconfig-merge.ts';
import { UserError } from '../../terminal/user-error.ts';
import type { Cli } from '../cli.ts';
import { exitCode } from '../exit-code.ts';
import { readIfThere } from './kubeconfig-file.ts';
import { NoKubeconfigError } from './kubeconfig-text.ts';
import { currentContext, storedEntries, type StoredEntry } from './stored-entries.ts';

/** A context and the file that it lies in. */
export interface FoundContext {
  readonly file: string;
  readonly entry: StoredEntry;
}

/** The contexts of all files, in kubectl's order. */
export interface KnownContexts {
  readonly contexts: readonly FoundContext[];
  /** What kubectl uses when nothing is named; undefined when no file says, or it leads nowhere. */
  readonly current: FoundContext | undefined;
}

/**
 * Reads the contexts of a kubeconfig, or of the files that kubectl reads. Files that do not exist have none.
 * @throws UserError with exit code 2 for a file that is no kubeconfig
 */
export async function knownContexts(cli: Pick<Cli, 'env' | 'home'>, file: string | undefined): Promise<KnownContexts> {
  const files = (file === undefined ? defaultKubeconfigFiles(cli.env, cli.home) : [file]).filter((path) =>
    existsSync(path),
  );
  const read = await Promise.all(files.map(contextsOf));
  const contexts = read.flatMap((one) => one.contexts);
  const name = read.map((one) => one.current).find((current) => current !== '');
  return { contexts, current: contexts.find(({ entry }) => entry.context === name) };
}

async function contextsOf(file: string): Promise<{ contexts: readonly FoundContext[]; current: string }> {
  const text = await readIfThere(file);
  try {
    return { contexts: storedEntries(text).map((entry) => ({ file, entry })), current: currentContext(text) };
  } catch (error) {
    if (!(error instanceof NoKubeconfigError)) throw error;
    throw new UserError(`${file} is not a kubeconfig: ${error.reason}`, { exitCode: exitCode.usage, cause: error });
  }
}

import type { KubeconfigEntry } from './entry.ts';
import { changeKubeconfig, kubeconfigToWrite, type ChangedFile, type KubeconfigWorld } from './kubeconfig-file.ts';
import { mergeEntry } from './merge-entry.ts';

export interface WriteRequest {
  /** Left out: the one that kubectl would write. */
  readonly file?: string | undefined;
  readonly entry: KubeconfigEntry;
  /** False: the current context stays, unless there is none. */
  readonly setCurrent: boolean;
}

/** What was written, and how to use it. */
export interface WrittenKubeconfig extends ChangedFile {
  readonly context: string;
}

/**
 * Puts an entry into a kubeconfig beside what others have there: mode 0600, whole or not at all, with a backup.
 * @throws UserError when the file is no kubeconfig (exit code 2) or cannot be written: then it is as it was
 */
export async function writeKubeconfig(
  cli: KubeconfigWorld,
  { file = kubeconfigToWrite(cli), entry, setCurrent }: WriteRequest,
): Promise<WrittenKubeconfig> {
  const changed = await changeKubeconfig(cli, file, (before) => mergeEntry(before, entry, setCurrent));
  return { ...changed, context: entry.name };
}

import { defaultKubeconfigFiles } from '../../kube/kubeconfig-merge.ts';
import type { Cli, KubeconfigChoice } from '../cli.ts';
import { readIfThere } from '../kubeconfig/kubeconfig-file.ts';
import { currentContext, storedEntries, type StoredEntry } from '../kubeconfig/stored-entries.ts';

/** What a kubeconfig says of the cluster that was chosen in it. */
export interface ClusterFacts {
  readonly context: string | undefined;
  /** Name, UUID and region in Magnum, where opsparkctl wrote the entry. */
  readonly origin: StoredEntry['origin'];
}

/** The facts of a choice: kubectl's current context where it names none. */
export async function clusterFacts(
  { env, home }: Pick<Cli, 'env' | 'home'>,
  { file, context }: KubeconfigChoice,
): Promise<ClusterFacts> {
  const files = file === undefined ? defaultKubeconfigFiles(env, home) : [file];
  const texts = await Promise.all(files.map(readIfThere));
  const named = context ?? texts.map((text) => currentContext(text)).find((name) => name !== '');
  const entry = texts.flatMap((text) => storedEntries(text)).find((one) => one.context === named);
  return { context: named, origin: entry?.origin };
}

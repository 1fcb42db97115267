import type { Cluster } from '../container-infra/magnum.ts';
import { entryName } from '../kubeconfig/admin-entry.ts';
import { kubeconfigToWrite, readIfThere } from '../kubeconfig/kubeconfig-file.ts';
import { removeFromKubeconfig } from '../kubeconfig/remove-cluster.ts';
import { storedEntries } from '../kubeconfig/stored-entries.ts';
import { forget } from '../state/cluster-state.ts';
import { updateState } from '../state/state.ts';
import { type KubeWorld, ownerOf } from './kube-world.ts';

type Name = Pick<Cluster, 'name' | 'uuid'>;

/** The name of a cluster's entry in the kubeconfig; undefined when there is none, or it is that of another one of the same name. */
export async function kubeconfigEntryOf(
  { cli, region }: KubeWorld,
  { name, uuid }: Name,
  file: string | undefined,
): Promise<string | undefined> {
  const entry = entryName(name, region);
  const stored = storedEntries(await readIfThere(file ?? kubeconfigToWrite(cli))).filter(
    ({ cluster }) => cluster === entry,
  );
  const [first] = stored;
  if (first === undefined) return undefined;
  return first.origin === undefined || first.origin.uuid === uuid ? entry : undefined;
}

/** Takes a cluster that is gone out of the kubeconfig and the state file. */
export async function forgetCluster(world: KubeWorld, cluster: Name, file: string | undefined): Promise<void> {
  const entry = await kubeconfigEntryOf(world, cluster, file);
  if (entry !== undefined) {
    const { file: changed } = await removeFromKubeconfig(world.cli, { file, cluster: entry });
    world.cli.progress.say(`${entry} taken out of ${changed}`);
  }
  await updateState(world.cli, ownerOf(world), (clusters) => forget(clusters, cluster.uuid));
}

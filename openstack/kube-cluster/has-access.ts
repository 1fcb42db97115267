import type { Cluster } from '../container-infra/magnum.ts';
import { entryName } from '../kubeconfig/admin-entry.ts';
import { knowsAuthority } from '../kubeconfig/authority.ts';
import { kubeconfigToWrite, readIfThere } from '../kubeconfig/kubeconfig-file.ts';
import { storedEntries } from '../kubeconfig/stored-entries.ts';
import type { KubeWorld } from './kube-world.ts';

/** The administrator's context in a kubeconfig that still fits the cluster's authority; undefined when one has to be written. */
export async function hasAccess(
  { cli, magnum, region }: KubeWorld,
  cluster: Cluster,
  given: string | undefined,
): Promise<{ readonly file: string; readonly context: string } | undefined> {
  const file = given ?? kubeconfigToWrite(cli);
  const context = entryName(cluster.name, region);
  const stored = storedEntries(await readIfThere(file)).find((entry) => entry.context === context);
  if (stored?.user.kind !== 'certificate' || stored.caPem === undefined) return undefined;
  if (stored.origin !== undefined && stored.origin.uuid !== cluster.uuid) return undefined;
  return knowsAuthority(stored.caPem, await magnum.authority(cluster.uuid)) ? { file, context } : undefined;
}

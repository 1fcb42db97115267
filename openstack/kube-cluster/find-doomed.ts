import { UserError } from '../../terminal/user-error.ts';
import { findCluster } from '../clusters/find-cluster.ts';
import type { Cluster } from '../container-infra/magnum.ts';
import { exitCode } from '../exit-code.ts';
import type { ClusterState } from '../state/cluster-state.ts';
import { readState } from '../state/state.ts';
import { orderOfCluster } from './decide-start.ts';
import { type KubeWorld, ownerOf } from './kube-world.ts';

/** The cluster to delete, or what is remembered of one that is gone already. */
export type Doomed =
  | { readonly kind: 'there'; readonly cluster: Cluster; readonly remembered: ClusterState | undefined }
  | { readonly kind: 'gone'; readonly remembered: ClusterState };

/**
 * Finds what a deletion is about.
 * @throws UserError: 5 when nobody ever knew such a cluster, 6 when another one has taken the name of the one that was made here
 */
export async function findDoomed(world: KubeWorld, ident: string | undefined): Promise<Doomed> {
  const state = await readState(world.cli, ownerOf(world));
  const meant = state.filter(({ name, uuid }) => ident === name || ident === uuid);
  try {
    const cluster = await findCluster(world.cli, world.magnum, ident, state);
    const remembered = state.find(({ uuid }) => uuid === cluster.uuid);
    const [other] = meant;
    if (remembered === undefined && other !== undefined && orderOfCluster(cluster) === undefined)
      throw takenSince(cluster, other);
    return { kind: 'there', cluster, remembered };
  } catch (error) {
    const [remembered] = meant;
    if (remembered === undefined || !(error instanceof UserError) || error.exitCode !== exitCode.notFound) throw error;
    return { kind: 'gone', remembered };
  }
}

const takenSince = ({ name, uuid }: Cluster, other: ClusterState): UserError =>
  new UserError(
    `the cluster "${name}" that opsparkctl made (${other.uuid}) is gone, and another one has its name (${uuid}): to delete that one, give its UUID`,
    { exitCode: exitCode.conflict },
  );

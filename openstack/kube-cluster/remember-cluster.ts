import type { Cluster } from '../container-infra/magnum.ts';
import { type ClusterState, forget, remember } from '../state/cluster-state.ts';
import { updateState } from '../state/state.ts';
import { orderOfCluster } from './decide-start.ts';
import { type KubeWorld, ownerOf } from './kube-world.ts';

/**
 * Writes a cluster into the state file, with the time of a step; what was known of it stays.
 * @param insteadOf UUID of one that it takes the place of
 */
export async function rememberCluster(
  world: KubeWorld,
  cluster: Cluster,
  step: string,
  insteadOf?: string,
): Promise<void> {
  const { cli, config, projectId, region } = world;
  const { uuid, name } = cluster;
  const now = cli.now().toISOString();
  await updateState(cli, ownerOf(world), (clusters) => {
    const known = clusters.find((one) => one.uuid === uuid);
    const fresh: ClusterState = {
      name,
      uuid,
      cloud: config.name,
      projectId,
      region,
      order: orderOfCluster(cluster) ?? '',
      contexts: [],
      createdAt: cluster.created_at ?? now,
      steps: {},
    };
    const before = known ?? fresh;
    const kept = insteadOf === undefined ? clusters : forget(clusters, insteadOf);
    return remember(kept, { ...before, steps: { ...before.steps, [step]: before.steps[step] ?? now } });
  });
}

import type { World } from '../world.ts';
import { authorityOf, signFor } from './certificates.ts';
import { dropCluster, nodeGroupsOf, putCluster, putNodeGroup } from './lookup.ts';
import type { ClusterRecord } from './records.ts';
import { progressOf } from './status-machine.ts';

/** The part that looks after clusters in the background. */
export interface Conductor {
  /** One look at all clusters. Answers whether anything changed. */
  readonly look: () => Promise<boolean>;
  /** Tells the caller of the fake about clusters that were up before a restart. */
  readonly raiseAll: () => Promise<void>;
}

export function createConductor(world: World): Conductor {
  const look = async (): Promise<boolean> => {
    const due = world.state.clusters.filter((cluster) => progressOf(cluster, [], world.now()).kind !== 'waiting');
    // Side by side: a caller may take a while to make its Kubernetes trust one of them.
    await Promise.all(due.map((cluster) => advance(world, cluster)));
    return due.length > 0;
  };
  const raiseAll = async (): Promise<void> => {
    const up = world.state.clusters.filter(({ uuid }) => world.state.authorities[uuid] !== undefined);
    for (const cluster of up) if (cluster.apiAddress !== undefined) await raise(world, cluster);
  };
  return { look, raiseAll };
}

async function advance(world: World, cluster: ClusterRecord): Promise<void> {
  const progress = progressOf(cluster, nodeGroupsOf(world, cluster.uuid), world.now());
  if (progress.kind === 'waiting') return;
  if (progress.kind === 'gone') {
    await world.settings.onClusterGone({ uuid: cluster.uuid, name: cluster.name });
    dropCluster(world, cluster.uuid);
    return;
  }
  const isRaised = progress.cluster.status === 'CREATE_COMPLETE';
  const next = isRaised ? await raised(world, progress.cluster) : progress.cluster;
  // A delete may have come while the caller made its Kubernetes trust the cluster.
  const current = world.state.clusters.find(({ uuid }) => uuid === cluster.uuid);
  if (current?.operation !== cluster.operation) return;
  putCluster(world, next);
  for (const group of progress.nodeGroups) putNodeGroup(world, { ...group, status: next.status });
}

async function raised(world: World, cluster: ClusterRecord): Promise<ClusterRecord> {
  try {
    await raise(world, cluster);
    return { ...cluster, apiAddress: world.settings.apiAddress };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const faults = { 'default-master': reason };
    return { ...cluster, status: 'CREATE_FAILED', statusReason: reason, faults };
  }
}

async function raise(world: World, { uuid, name }: ClusterRecord): Promise<void> {
  const authority = await authorityOf(world, { uuid, name });
  await world.settings.onClusterUp({
    uuid,
    name,
    caPem: authority.certificatePem,
    sign: (csrPem) => {
      const certificate = signFor(world, authority, csrPem);
      if (certificate === undefined) throw new Error(`The certificate request for cluster ${name} cannot be read`);
      return certificate;
    },
  });
}

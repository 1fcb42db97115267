import type { Cluster, NodeGroup } from './magnum.ts';

/**
 * The two groups that every cluster has, told from the cluster itself: for servers below microversion 1.9, which know no
 * others and have no list of them.
 */
export function defaultNodeGroups(cluster: Cluster): readonly NodeGroup[] {
  const group = (role: 'master' | 'worker', count: number): NodeGroup => ({
    uuid: `${cluster.uuid}-${role}`,
    name: `default-${role}`,
    role,
    flavor_id: null,
    node_count: count,
    min_node_count: role === 'master' ? 1 : 0,
    max_node_count: null,
    status: cluster.status,
    status_reason: cluster.faults?.[`default-${role}`] ?? null,
    is_default: true,
  });
  return [group('master', cluster.master_count), group('worker', cluster.node_count)];
}

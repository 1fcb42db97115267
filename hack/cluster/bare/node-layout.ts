import { join } from 'node:path';

/** Where everything of one node is. Addresses repeat between clusters: each cluster has a network of its own. */
export interface NodeLayout {
  readonly name: string;
  readonly index: number;
  /** The node's own address. */
  readonly address: string;
  /** The range its pods get their addresses from. */
  readonly podCidr: string;
  readonly folder: string;
  /** Control group of the node's pods, below the root of each hierarchy. */
  readonly cgroup: string;
}

/** All pods of all nodes. */
export const POD_NETWORK = '10.98.0.0/16';

/** The network that the nodes share. */
export const NODE_NETWORK_BITS = 24;

/** The nodes of a cluster, which is known to the whole machine by the given name. The first one also runs the control plane. */
export function nodeLayouts(machineWideName: string, clusterFolder: string, count: number): NodeLayout[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `node${index}`,
    index,
    address: `10.99.0.${index + 1}`,
    podCidr: `10.98.${index}.0/24`,
    folder: join(clusterFolder, `node${index}`),
    cgroup: `/cluster-${machineWideName}-node${index}`,
  }));
}

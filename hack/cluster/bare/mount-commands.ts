import { join } from 'node:path';

import type { NodeLayout } from './node-layout.ts';

/** A folder of the node's own that is seen, inside the node only, at a place that programs have built in. */
export interface BoundFolder {
  readonly from: string;
  readonly to: string;
}

/** What a node does not share with the machine. Volumes are shared by the nodes of a cluster, as they would be on a network disk. */
export function boundFolders({ folder }: NodeLayout, clusterFolder: string): BoundFolder[] {
  return [
    { from: join(folder, 'kubelet'), to: '/var/lib/kubelet' },
    { from: join(folder, 'cni'), to: '/var/lib/cni' },
    { from: join(folder, 'pod-logs'), to: '/var/log/pods' },
    { from: join(folder, 'container-logs'), to: '/var/log/containers' },
    { from: join(clusterFolder, 'volumes'), to: '/tmp/hostpath_pv' },
  ];
}

/** Arguments of `mount`, to be run inside the node's mount namespace, in order. */
export function mountCommands(bound: readonly BoundFolder[]): (readonly string[])[] {
  return [
    // Volumes mounted by the kubelet must show up in containers that are there already.
    ['--make-rshared', '/'],
    ['-t', 'tmpfs', '-o', 'mode=755', 'node-run', '/run'],
    ...bound.map(({ from, to }) => ['--bind', from, to]),
  ];
}

/**
 * Mounts of the machine that a new node has got copies of and must let go, the innermost first: those of the image
 * builder, below the cache folder. A copy would keep them in use after the builder is done with them.
 * `mounts` is the content of /proc/mounts, which writes a blank as \\040.
 */
export function foreignMounts(mounts: string, cacheFolder: string): string[] {
  return mounts
    .split('\n')
    .map((line) => (line.split(' ')[1] ?? '').replaceAll('\\040', ' '))
    .filter((point) => point.startsWith(`${cacheFolder}/`))
    .reverse();
}

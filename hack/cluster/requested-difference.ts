import type { ClusterRecord } from './cluster-record.ts';
import type { ClusterOptions } from './options.ts';

/** What a running cluster lacks of what is asked for now, or `undefined` when it will do. A cluster with more nodes will do. */
export function requestedDifference(
  record: Pick<ClusterRecord, 'provider' | 'nodes' | 'emulatedVersion'>,
  request: Pick<ClusterOptions, 'controlPlane' | 'nodes' | 'emulatedVersion'>,
): string | undefined {
  const isControlPlane = record.provider === 'control-plane';
  if (isControlPlane !== request.controlPlane) {
    return isControlPlane ? 'has no nodes, it is only a control plane' : 'has nodes, it is not only a control plane';
  }
  if (!isControlPlane && record.nodes.length < request.nodes) {
    return `has ${record.nodes.length} of ${request.nodes} nodes`;
  }
  if (request.emulatedVersion !== undefined && request.emulatedVersion !== record.emulatedVersion) {
    return `behaves as Kubernetes ${record.emulatedVersion ?? 'of its own version'}, not as ${request.emulatedVersion}`;
  }
  return undefined;
}

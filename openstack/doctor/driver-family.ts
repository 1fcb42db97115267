import type { Cluster, ClusterTemplate, Microversion } from '../container-infra/magnum.ts';
import { hasSince, TRUST_FREE } from '../container-infra/microversion.ts';

/** Which Magnum driver makes the clusters: what a status means, and which login is needed, depends on it. */
export type DriverFamily = 'heat' | 'capi-helm' | 'vexxhost' | 'cluster-api' | 'unknown';

/** What a guess can be made from. */
export interface DriverHints {
  readonly templates: readonly ClusterTemplate[];
  readonly clusters: readonly Cluster[];
  readonly max: Microversion;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The surest hint first: the driver that templates name, their labels, what clusters are called below, the version. */
export function driverFamily({ templates, clusters, max }: DriverHints): DriverFamily {
  const named = templates.map(({ driver }) => familyOf(driver ?? '')).find((family) => family !== undefined);
  if (named !== undefined) return named;
  if (templates.some(({ labels }) => 'capi_helm_chart_version' in labels)) return 'capi-helm';
  const [below] = clusters.flatMap(({ stack_id: stack }) => (typeof stack === 'string' && stack !== '' ? [stack] : []));
  if (below !== undefined) return familyBelow(below);
  // Heat was removed before that version came.
  return hasSince(max, TRUST_FREE) ? 'cluster-api' : 'unknown';
}

/** Names of the drivers: `k8s_capi_helm_v1`, `k8s_cluster_api_ubuntu`, `k8s_fedora_coreos_v1`. */
function familyOf(driver: string): DriverFamily | undefined {
  if (driver.includes('capi_helm')) return 'capi-helm';
  if (driver.includes('cluster_api')) return 'vexxhost';
  return driver.includes('coreos') || driver.includes('atomic') ? 'heat' : undefined;
}

/** Heat's stacks are UUIDs; vexxhost calls a cluster `kube-` and five letters; capi-helm takes the cluster's name. */
function familyBelow(stack: string): DriverFamily {
  if (uuid.test(stack)) return 'heat';
  return /^kube-[a-z0-9]{5}$/.test(stack) ? 'vexxhost' : 'capi-helm';
}

/** What a person should know of each. */
export const familyWords: Readonly<Record<DriverFamily, string>> = {
  heat: 'Heat (k8s_fedora_coreos): needs a login that can make trusts',
  'capi-helm':
    'Cluster API by Helm (k8s_capi_helm): troubles of the control plane show as an endless CREATE_IN_PROGRESS',
  vexxhost: 'Cluster API by vexxhost (k8s_cluster_api): never reports CREATE_FAILED; look at the health reasons',
  'cluster-api': 'one of the Cluster API drivers: failures may show as an endless CREATE_IN_PROGRESS',
  unknown: 'cannot be told before there is a cluster or a template that names it',
};

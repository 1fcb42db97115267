import type { Cluster } from '../container-infra/magnum.ts';
import type { ClusterState } from '../state/cluster-state.ts';
import { type AdminClient, adminClient } from './admin-client.ts';
import { type CloudResources, cloudResources } from './cloud-resources.ts';
import type { BucketToDelete } from './delete-buckets.ts';
import type { KubeWorld } from './kube-world.ts';

/** What was found out about a cluster before its deletion. */
export interface Inspection {
  /** Undefined: its Kubernetes cannot be asked, and `trouble` says why. */
  readonly admin: AdminClient | undefined;
  readonly inside: CloudResources | undefined;
  readonly trouble: string | undefined;
  readonly buckets: readonly BucketToDelete[];
  readonly accessKeys: readonly string[];
}

/** Looks into a cluster and at what is remembered of it. The caller closes `admin`. */
export async function inspectDoomed(
  world: KubeWorld,
  cluster: Cluster,
  remembered: ClusterState | undefined,
): Promise<Inspection> {
  const admin = await adminClient(world, cluster);
  if ('unreachable' in admin) return { ...unseen(remembered), trouble: admin.unreachable };
  try {
    return { ...seen(await cloudResources(admin.client), remembered), admin };
  } catch (error) {
    await admin.close();
    return { ...unseen(remembered), trouble: error instanceof Error ? error.message : String(error) };
  }
}

const unseen = (remembered: ClusterState | undefined): Inspection => ({
  admin: undefined,
  inside: undefined,
  trouble: undefined,
  buckets:
    remembered?.bucket === undefined ? [] : [{ bucket: remembered.bucket, accessKey: remembered.accessKey, store: {} }],
  accessKeys: remembered?.accessKey === undefined ? [] : [remembered.accessKey],
});

function seen(inside: CloudResources, remembered: ClusterState | undefined): Inspection {
  const states = inside.installations.map(({ state }) => state);
  const before = unseen(remembered);
  const found = states.flatMap((state): BucketToDelete[] =>
    state.bucket === undefined ? [] : [{ bucket: state.bucket, accessKey: state.accessKey, store: state }],
  );
  const buckets = [...found, ...before.buckets].filter(
    ({ bucket }, index, all) => all.findIndex((one) => one.bucket === bucket) === index,
  );
  const ours = states.flatMap(({ accessKey, keys }) => (accessKey === undefined || keys !== 'ours' ? [] : [accessKey]));
  return { ...before, inside, buckets, accessKeys: [...new Set([...ours, ...before.accessKeys])] };
}

import type { Magnum } from '../../openstack/container-infra/magnum.ts';

/** Name and UUID of the cluster that the hook runs in, as far as they are known. */
export interface ClusterIdentity {
  readonly name: string;
  readonly uuid: string | undefined;
}

/** What the values say about the cluster. */
export interface ClusterHints {
  readonly clusterName: string | undefined;
  readonly clusterUuid: string | undefined;
  readonly release: string;
}

/**
 * The cluster's name and UUID: what the values say counts, Magnum is asked for the other half, and the release's name stands in for a
 * name. Magnum is not needed: without an answer within `patience` the hook goes on with what it has.
 */
export async function clusterIdentity(
  { clusterName, clusterUuid, release }: ClusterHints,
  magnum: Pick<Magnum, 'cluster'>,
  patience: () => Promise<void>,
): Promise<ClusterIdentity> {
  const ident = clusterUuid ?? clusterName;
  const complete = clusterUuid !== undefined && clusterName !== undefined;
  const found =
    ident === undefined || complete
      ? undefined
      : await Promise.race([magnum.cluster(ident).catch(() => undefined), patience().then(() => undefined)]);
  return { name: clusterName ?? found?.name ?? release, uuid: clusterUuid ?? found?.uuid };
}

import type { Cluster } from '../container-infra/magnum.ts';
import type { CloudResources } from './cloud-resources.ts';
import { orderOfCluster } from './decide-start.ts';
import { namesOf } from './remove-cloud-resources.ts';

/** What is known before a deletion. */
export interface DeletionFacts {
  readonly cluster: Cluster;
  /** Undefined: its Kubernetes cannot be asked. */
  readonly inside: CloudResources | undefined;
  readonly accessKeys: readonly string[];
  readonly buckets: readonly string[];
  readonly deleteBuckets: boolean;
  /** Name of its entry in the kubeconfig, where there is one. */
  readonly kubeconfigEntry: string | undefined;
}

export interface DeletionPlan {
  readonly goes: readonly string[];
  readonly stays: readonly string[];
}

/** What goes and what stays, in words for people. */
export function deletionPlan(facts: DeletionFacts): DeletionPlan {
  const { cluster, inside, accessKeys, buckets, deleteBuckets, kubeconfigEntry } = facts;
  const foreign = orderOfCluster(cluster) === undefined ? ', which opsparkctl did not make' : '';
  const bucketLines = buckets.map((bucket) => `bucket ${bucket} with the event logs`);
  return {
    goes: [
      `cluster "${cluster.name}" (${cluster.uuid}, ${cluster.status}): ${cluster.node_count} nodes, ${cluster.master_count} masters, and everything on them${foreign}`,
      ...(inside === undefined ? [] : namesOf(inside)),
      ...accessKeys.map((key) => `S3 key ${key}`),
      ...(deleteBuckets ? bucketLines : []),
      ...(kubeconfigEntry === undefined ? [] : [`entry ${kubeconfigEntry} of the kubeconfig`]),
    ],
    stays: deleteBuckets ? [] : bucketLines.map((line) => `${line} (--delete-bucket deletes it)`),
  };
}

import type { KubeClient } from '../../kube/client.ts';
import type { Cli } from '../cli.ts';
import type { Helm } from './helm.ts';
import type { HistoryChoice } from './history-values.ts';
import type { InClusterState } from './in-cluster-state.ts';
import type { S3Location } from './s3-location.ts';
import type { Values } from './values.ts';

/** What the operator on a cluster shall be. */
export interface SparkOrder {
  /** Of the operator; also Helm's namespace. */
  readonly namespace: string;
  /** Helm's name of it. */
  readonly release: string;
  readonly chart: string;
  /** Undefined: as they are, and `default` at first. */
  readonly jobNamespaces: readonly string[] | undefined;
  readonly history: HistoryChoice;
  /** `spark.values` of the site profile. */
  readonly site: Values;
  /** Flags for Helm that give values: they win. */
  readonly more: readonly string[];
  /** Forget the values of earlier runs. */
  readonly resetValues: boolean;
  /** Bring back what was changed or deleted by hand, even when the order is that of the last time. */
  readonly repair: boolean;
  /** Undefined: do not wait for the pods. */
  readonly waitMs: number | undefined;
}

/** What became of the object store: the part of S3Outcome that is told on. */
export interface S3Made extends S3Location {
  readonly bucketMade: boolean;
  readonly keyMade: boolean;
  readonly secret: 'created' | 'unchanged' | 'updated';
  readonly podDefaults: 'created' | 'unchanged' | 'updated';
  readonly keys: 'ours' | 'given';
}

/** Where the work is done. */
export interface SparkWorld {
  readonly cli: Cli;
  readonly client: KubeClient;
  readonly helm: Helm;
  /** Makes bucket, keys, Secret and SparkPodDefaults. Undefined: the store is left as it is, or there is none. */
  readonly ensureS3: (() => Promise<S3Made>) | undefined;
  /** What is known of the cluster, for those who come later. */
  readonly facts: InClusterState;
}

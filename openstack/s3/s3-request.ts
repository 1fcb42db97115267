import type { KubeClient } from '../../kube/client.ts';
import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import type { Session } from '../identity/session.ts';
import type { Bucket, ObjectStoreSettings } from '../object-store/object-store.ts';

/** What S3 defaults are made with. */
export interface S3World {
  /** Undefined: no cloud; then bucket, endpoint and keys must be given. */
  readonly session: Session | undefined;
  readonly config: CloudConfig | undefined;
  readonly client: KubeClient;
  readonly openBucket: (settings: ObjectStoreSettings, bucket: string) => Bucket;
  readonly now: () => Date;
}

/** What is wanted. What is left out follows from the cloud. */
export interface S3Request {
  readonly clusterName: string;
  readonly clusterUuid?: string | undefined;
  /** Default: the cluster's name and the project's first letters (bucket-name.ts). */
  readonly bucket?: string | undefined;
  /** Default: the catalog's object store. */
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
  /** Keys of a person. Default: an EC2 key of the login, made here once. */
  readonly keys?: { readonly accessKey: string; readonly secretKey: string } | undefined;
  readonly operatorNamespace: string;
  /** Folder of the event logs in the bucket: `spark-events`. */
  readonly eventLogFolder: string;
  readonly pathStyle: boolean;
  /** Access ids that other clusters are known to use: they are never taken for ours. */
  readonly foreignAccessKeys?: readonly string[];
}

/** What became of an object: a repeated run leaves it `unchanged`. */
export type Change = 'created' | 'unchanged' | 'updated';

/** What there is now. No secret is in it. */
export interface S3Outcome {
  readonly bucket: string;
  readonly bucketMade: boolean;
  readonly endpoint: string;
  /** The one that the server wants. */
  readonly region: string;
  readonly accessKey: string;
  /** Whether an EC2 key was made by this run. */
  readonly keyMade: boolean;
  /** Whether the key is an EC2 key that was made for this cluster, now or before: then it goes with the cluster. */
  readonly keyOurs: boolean;
  readonly secret: Change;
  readonly podDefaults: Change;
  /** What a person should know, in whole sentences. */
  readonly warnings: readonly string[];
}

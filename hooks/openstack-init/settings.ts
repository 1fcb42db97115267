import type { CloudsMount, KeysMount } from './mounted-secrets.ts';

/** How the jobs reach the cloud. */
export interface CloudSettings {
  /** The release's namespace: of the Secrets and of the SparkPodDefaults. */
  readonly namespace: string;
  readonly clouds: CloudsMount;
  /** S3 keys that a person gave. Undefined: the hook makes them. */
  readonly keys: KeysMount | undefined;
}

export interface OpenStackInitSettings extends CloudSettings {
  /** A missing Secret with clouds.yaml is no failure. */
  readonly cloudsOptional: boolean;
  readonly release: string;
  readonly bucket: string | undefined;
  readonly clusterName: string | undefined;
  readonly clusterUuid: string | undefined;
  readonly s3: {
    readonly endpoint: string | undefined;
    readonly region: string | undefined;
    readonly pathStyle: boolean;
  };
}

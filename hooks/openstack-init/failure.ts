import type { CloudConfig } from '../../openstack/cloud-config/cloud-config.ts';

/** Why the hook could not do its work, for the person who ran helm: what happened, to which thing, and what to do. */
export interface Failure {
  /** One word for programs: `LoginRefused`, `BucketTaken`… */
  readonly cause: string;
  readonly message: string;
  readonly remedy: string;
}

/** What the hook was about when it failed. */
export interface About {
  /** The release's namespace. */
  readonly namespace: string;
  readonly cloudsSecret: string;
  /** Undefined while clouds.yaml is not understood. */
  readonly cloud: CloudConfig | undefined;
  readonly bucket: string | undefined;
  /** Secret with S3 keys that were given. Undefined: the hook makes keys. */
  readonly keysSecret: string | undefined;
}

/** Ends each remedy that is a change of values or Secrets: a release whose hook failed is corrected by the next upgrade. */
export const AGAIN = 'then run helm upgrade --install again';

/** Where and how a bucket is reached through S3. */
export interface ObjectStoreSettings {
  /** `https://s3.example.org`, without a bucket. */
  readonly endpoint: string;
  /** Signed with; a wrong one is answered with the right one, which `open` adopts. */
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** PEM of authorities beside those of the system. */
  readonly caPem: string | undefined;
  readonly pathStyle: boolean;
  /** False only on a person's word: certificates are not checked. */
  readonly verify?: boolean;
}

/** One bucket of an S3 service. Every call throws ObjectStoreError. */
export interface Bucket {
  readonly name: string;
  /** The region that the server wants: the given one, or the one it named. */
  readonly region: () => Promise<string>;
  /** Makes the bucket unless it is ours already. Answers whether it was made. @throws ObjectStoreError BucketTaken, InvalidBucketName… */
  readonly ensure: () => Promise<'created' | 'existed'>;
  /** Writes an empty object unless it is there: an S3 "directory" that Spark's history server can list. */
  readonly ensureMarker: (key: string) => Promise<'created' | 'existed'>;
  /** Writes, reads and removes an object of a name that nothing else has, and lists. Answers the round trip in milliseconds. */
  readonly probe: () => Promise<number>;
  readonly keys: (prefix: string, most: number) => Promise<readonly string[]>;
  readonly deleteKey: (key: string) => Promise<void>;
  /** Only an empty bucket can be deleted. */
  readonly deleteBucket: () => Promise<void>;
  readonly close: () => void;
}

export type ObjectStoreFailure =
  /** The bucket belongs to another project. */
  | 'BucketTaken'
  | 'InvalidBucketName'
  | 'NoSuchBucket'
  /** Wrong keys, or keys without a right. */
  | 'Forbidden'
  /** Our clock and the server's differ too much for signatures. */
  | 'ClockSkew'
  | 'Unreachable'
  | 'Other';

/** A refused or failed request to the object store. Carries no secret. */
export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError';
  readonly code = 'OBJECT_STORE';
  readonly failure: ObjectStoreFailure;
  /** S3's error code, `''` without an answer. */
  readonly s3Code: string;

  constructor(failure: ObjectStoreFailure, s3Code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.failure = failure;
    this.s3Code = s3Code;
  }
}

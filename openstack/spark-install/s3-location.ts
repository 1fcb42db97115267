import { createHash } from 'node:crypto';

/** Where the event logs are and how they are reached; the keys lie in a Secret. */
export interface S3Location {
  readonly bucket: string;
  readonly endpoint: string;
  readonly region: string;
  readonly pathStyle: boolean;
  /** Folder of the event logs, without slashes around it. */
  readonly eventLogFolder: string;
  /** The access id: a new one makes the history server start anew. */
  readonly accessKey: string;
}

/** A short text that changes with an access id. */
export const keyMark = (accessKey: string): string => createHash('sha256').update(accessKey).digest('hex').slice(0, 16);

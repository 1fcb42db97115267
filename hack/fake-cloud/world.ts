import type { ClusterOutcome } from './magnum/outcome.ts';
import type { Settings } from './options.ts';
import type { CloudState } from './state.ts';
import type { KeyPool } from './x509/key-pool.ts';

/** Where each service is found. No slash at the end. */
export interface Endpoints {
  /** Without `/v3`. */
  readonly identity: string;
  /** With `/v1`. */
  readonly containerInfra: string;
  /** With `/v2.1`. */
  readonly compute: string;
  readonly network: string;
  readonly image: string;
  /** The root: S3 is here, Swift below `/v1/AUTH_…`. */
  readonly objectStore: string;
}

/** What handlers work on. */
export interface World {
  readonly state: CloudState;
  readonly settings: Settings;
  readonly endpoints: Endpoints;
  /** The cloud's own clock, epoch milliseconds. */
  readonly now: () => number;
  /** Random bytes as hexadecimal text. */
  readonly hex: (bytes: number) => string;
  readonly uuid: () => string;
  readonly keys: KeyPool;
  /** What shall become of the clusters created next, in order. */
  readonly outcomes: ClusterOutcome[];
}

/** A time as the services write it: microseconds, and `Z` where the service adds it. */
export const isoMicroseconds = (epochMs: number): string => new Date(epochMs).toISOString().replace('Z', '000Z');

import { randomBytes, randomUUID } from 'node:crypto';

/** Which Magnum driver the fake behaves as. */
export type DriverFamily = 'heat' | 'capi-helm' | 'vexxhost';

/** `patched`: a Keystone of 2026, which refuses delegated tokens for trusts, EC2 credentials and new tokens. */
export type KeystonePolicy = 'old' | 'patched';

/** How long things take, in milliseconds. */
export interface Latencies {
  /** From the request until the backend has built a cluster. */
  readonly createMs: number;
  readonly updateMs: number;
  readonly deleteMs: number;
  /** How often the conductor looks at the backend; statuses change only then. */
  readonly pollMs: number;
}

export interface Quotas {
  /** Clusters in a project. */
  readonly clusters: number;
  /** Nova's limits of a project; -1 = unlimited. */
  readonly instances: number;
  readonly cores: number;
  readonly ramMb: number;
  readonly keypairs: number;
}

/** A cluster that came up: what a caller needs to make a Kubernetes of its own trust it. */
export interface RaisedCluster {
  readonly uuid: string;
  readonly name: string;
  /** The certificate of the cluster's authority. */
  readonly caPem: string;
  /** Signs a certificate request (PEM) as Magnum would. Throws an Error when it cannot be read. */
  readonly sign: (csrPem: string) => string;
}

/** Everything about the fake that can be chosen. All have defaults. */
export interface FakeCloudOptions {
  readonly drivers?: DriverFamily;
  readonly policy?: KeystonePolicy;
  /** Magnum's newest microversion (default 1.10). From 1.13 on it makes no trusts. */
  readonly maxMicroversion?: string;
  readonly latencies?: Partial<Latencies>;
  readonly quotas?: Partial<Quotas>;
  /** Clusters that the project `demo` has from the start (default 0). */
  readonly clusterCount?: number;
  /** True: HTTPS with an authority of its own. */
  readonly tls?: boolean;
  /** What the cloud's clock is ahead of `now`. */
  readonly clockSkewMs?: number;
  readonly region?: string;
  /** The interfaces that the catalog has (default: public, internal and admin). */
  readonly interfaces?: readonly string[];
  /** The region that S3 signatures must name (default: `region`). */
  readonly s3Region?: string;
  /** `account`: bucket names are a project's own, as in Swift. `global`: everybody's, as in Ceph. */
  readonly bucketNames?: 'account' | 'global';
  /** Where to listen (default 127.0.0.1); must be an address that clients reach. */
  readonly address?: string;
  /** 0 = any (default). The object store takes the next one, or any. */
  readonly port?: number;
  /** Keeps everything in this file, so that another start goes on from it. */
  readonly stateFile?: string;
  /** Writes `clouds.yaml` and `ca.pem` into this folder. */
  readonly folder?: string;
  /** The `api_address` of clusters that are up (default: an address where nothing listens). */
  readonly apiAddress?: string;
  /** Called before a cluster becomes CREATE_COMPLETE; after a restart from a state file for all that are complete. */
  readonly onClusterUp?: (cluster: RaisedCluster) => Promise<void>;
  /** Called before a cluster is gone. */
  readonly onClusterGone?: (cluster: Pick<RaisedCluster, 'uuid' | 'name'>) => Promise<void>;
  readonly now?: () => number;
  readonly randomBytes?: (count: number) => Buffer;
  readonly randomUuid?: () => string;
}

/** The options with nothing left open. */
export interface Settings extends Required<Omit<FakeCloudOptions, 'stateFile' | 'folder' | 'latencies' | 'quotas'>> {
  readonly stateFile: string | undefined;
  readonly folder: string | undefined;
  readonly latencies: Latencies;
  readonly quotas: Quotas;
}

const LATENCIES: Latencies = { createMs: 300, updateMs: 200, deleteMs: 200, pollMs: 50 };
const QUOTAS: Quotas = { clusters: 20, instances: 10, cores: 20, ramMb: 51_200, keypairs: 100 };
const nothing = (): Promise<void> => Promise.resolve();

/** Fills in what was left open. */
export function settingsOf(options: FakeCloudOptions): Settings {
  const region = options.region ?? 'RegionOne';
  const clusterCount = options.clusterCount ?? 0;
  return {
    drivers: 'heat',
    policy: 'patched',
    maxMicroversion: '1.10',
    tls: false,
    clockSkewMs: 0,
    interfaces: ['public', 'internal', 'admin'],
    s3Region: region,
    bucketNames: 'account',
    address: '127.0.0.1',
    port: 0,
    apiAddress: 'https://127.0.0.1:1',
    onClusterUp: nothing,
    onClusterGone: nothing,
    now: Date.now,
    randomBytes,
    randomUuid: randomUUID,
    ...options,
    region,
    clusterCount,
    stateFile: options.stateFile,
    folder: options.folder,
    latencies: { ...LATENCIES, ...options.latencies },
    quotas: { ...QUOTAS, clusters: Math.max(QUOTAS.clusters, clusterCount + 20), ...options.quotas },
  };
}

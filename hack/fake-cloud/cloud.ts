import type { Failure, RequestMatch } from './failures.ts';
import type { JournalEntry } from './journal.ts';
import type { ClusterOutcome } from './magnum/outcome.ts';
import type { ClusterRecord } from './magnum/records.ts';

/** What a test needs to know about a cloud. */
export interface CloudFacts {
  /** Keystone's URL with `/v3`. */
  readonly authUrl: string;
  readonly region: string;
  readonly s3Endpoint: string;
  readonly s3Region: string;
  /** The project of the entry `demo` in clouds.yaml, and of `other`. */
  readonly project: { readonly id: string; readonly name: string };
  readonly otherProject: { readonly id: string; readonly name: string };
  /** The user of the entry `demo`. */
  readonly user: { readonly id: string; readonly name: string };
  readonly template: string;
  readonly keypair: string;
  readonly flavor: string;
  readonly externalNetwork: string;
}

/** An EC2 credential or an application credential that exists: to find those which a program left behind. */
export interface LeftCredential {
  readonly kind: 'ec2' | 'application';
  /** Access key or id. */
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
}

export interface LeftBucket {
  readonly name: string;
  readonly projectId: string;
  readonly keys: readonly string[];
}

/** A small OpenStack in this process, with a control surface for what goes wrong. */
export interface FakeCloud {
  readonly facts: CloudFacts;
  /** A clouds.yaml with the entries that `cloudsYaml` describes. */
  readonly cloudsFile: string;
  /** The entry that logs in with a password and a project. */
  readonly cloudName: 'demo';
  /** The authority of its own certificate, when it speaks TLS. */
  readonly caPem: string | undefined;
  /** Every password, secret and token that exists now: none may be found in what a program prints or keeps. */
  readonly secrets: () => readonly string[];

  /** Lets the next `times` (default 1) requests that match go wrong. Call the result to switch it off. */
  readonly fail: (match: RequestMatch, what: Failure, times?: number) => () => void;
  /** Switches all failures off. */
  readonly heal: () => void;
  /** What becomes of the next cluster that is created; calls queue up. */
  readonly nextCluster: (outcome: ClusterOutcome) => void;
  /** Takes a cluster out of the world's hands: its group of nodes, its status. For states that no request leads to. */
  readonly setStatus: (
    uuid: string,
    status: string,
    reason?: string,
    faults?: Readonly<Record<string, string>>,
  ) => void;
  /** All tokens end now: the next request with one is answered 401. */
  readonly expireTokens: () => void;
  /** Nobody listens any more, until `up`. */
  readonly down: () => Promise<void>;
  readonly up: () => Promise<void>;

  /** Requests since the start or the last `forget`, in order. */
  readonly requests: (match?: RequestMatch) => readonly JournalEntry[];
  readonly forget: () => void;
  readonly clusters: () => readonly ClusterRecord[];
  /** EC2 credentials, and application credentials beside those of the clouds.yaml. */
  readonly credentials: () => readonly LeftCredential[];
  readonly buckets: () => readonly LeftBucket[];
  readonly close: () => Promise<void>;
}

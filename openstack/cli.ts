import type { KubeClient } from '../kube/client.ts';
import type { Ask } from '../terminal/ask.ts';
import type { Progress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { CloudConfig } from './cloud-config/cloud-config.ts';
import type { Session } from './identity/session.ts';
import type { Bucket, ObjectStoreSettings } from './object-store/object-store.ts';

/** The outside world of every command of opsparkctl: main.ts builds the real one, tests pass one. */
export interface Cli {
  readonly terminal: Terminal;
  /** Steps with elapsed and typical time, on standard error. */
  readonly progress: Progress;
  /** Asks the person at the keyboard. Undefined in pipes, with --non-interactive and in CI: then nothing is asked. */
  readonly ask: Ask | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The person's home folder: state, site profile, kubeconfig and clouds.yaml lie below it. */
  readonly home: string;
  readonly workingFolder: string;
  /** Random bytes, for keys and names that nobody has. */
  readonly random: (bytes: number) => Uint8Array;
  readonly now: () => Date;
  /** Resolves after so many milliseconds, or at once when interrupted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Aborts on Ctrl-C and SIGTERM. */
  readonly interrupted: AbortSignal;
  readonly openSession: (config: CloudConfig) => Session;
  readonly openBucket: (settings: ObjectStoreSettings, bucket: string) => Bucket;
  readonly openKubernetes: (kubeconfig: KubeconfigChoice) => Promise<Kubernetes>;
  /** Runs Helm. Answers its output; rejects with its message. */
  readonly helm: RunHelm;
}

/** Runs Helm against a cluster. Resolves with standard output; rejects with a HelmError, whose message is what Helm said. */
export type RunHelm = (args: readonly string[], options: HelmOptions) => Promise<string>;

export interface HelmOptions {
  readonly kubeconfig: KubeconfigChoice;
  /** Read by `--values -`. */
  readonly stdin?: string | undefined;
}

/** A file and one of its contexts; both as kubectl chooses them when left out. */
export interface KubeconfigChoice {
  readonly file?: string | undefined;
  readonly context?: string | undefined;
}

export interface Kubernetes {
  readonly client: KubeClient;
  readonly server: string;
  /** What it was opened with: Helm opens the same. */
  readonly kubeconfig: KubeconfigChoice;
  readonly close: () => Promise<void>;
}

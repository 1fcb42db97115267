import type { Progress } from '../../terminal/progress.ts';
import type { ClusterOptions } from './options.ts';

/** How a cluster is. `broken`: something of it is there, but it does not work as a whole. */
export interface ClusterStatus {
  readonly name: string;
  readonly provider: string;
  readonly state: 'running' | 'broken' | 'absent';
  readonly server?: string;
  readonly kubeconfig?: string;
  /** The address of this machine that pods reach; what is to serve both pods and programs listens there. */
  readonly hostAddress?: string;
  /** One line each, for people: nodes, programs, what is wrong. */
  readonly details: readonly string[];
}

/** The part of the options that says which cluster and what it is like. */
export type ClusterChoice = Pick<ClusterOptions, 'name' | 'nodes' | 'emulatedVersion'>;

/** One way of having a cluster. Those above know no difference: a kubeconfig, a default StorageClass, DNS, a Service network. */
export interface ClusterProvider {
  /** Throws with what this machine lacks and the command that helps, before anything is changed. */
  check?(): void;
  /** Makes the cluster; there is none of this name, not even a broken one. */
  up(choice: ClusterChoice, progress: Progress): Promise<void>;
  /** Removes what is left of the cluster, all of it. */
  down(name: string): Promise<void>;
  status(name: string): Promise<ClusterStatus>;
  /** Brings images into every node: a reference of the local image store, or an archive file. */
  load(name: string, image: string): Promise<void>;
}

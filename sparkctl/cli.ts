import type { KubernetesObject } from '../api/kubernetes.ts';
import type { ObjectRef } from '../kube/key.ts';
import type { Resource } from '../kube/resources.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The outside world of every command: main.ts builds the real one, tests pass one in memory. */
export interface Cli {
  readonly terminal: Terminal;
  /** Text of a file; `-` is standard input. Rejects like node:fs when it cannot be read. */
  readonly readFile: (path: string) => Promise<string>;
  /** Opens the cluster that flags, KUBECONFIG and current context name. @throws UserError with exit code 5 */
  readonly connect: (flags: ConnectionFlags) => Promise<Cluster>;
  readonly now: () => Date;
  /** Resolves after so many milliseconds, or at once when interrupted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Aborts on Ctrl-C and SIGTERM. */
  readonly interrupted: AbortSignal;
}

/** The global flags that choose a cluster and a namespace, as kubectl has them. */
export interface ConnectionFlags {
  readonly namespace?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** One cluster, seen with the rights of the person at the keyboard. Every failure is an ApiError. */
export interface Cluster {
  /** URL of the API server, for messages. */
  readonly server: string;
  /** From `--namespace`, else from the context, else `default`. */
  readonly namespace: string;
  readonly get: <T>(resource: Resource<T>, ref: ObjectRef) => Promise<T>;
  readonly list: <T>(resource: Resource<T>, query: ListQuery) => Promise<readonly T[]>;
  /** Creates with strict field validation: an unknown field is refused, as kubectl does. A dry run stores nothing. */
  readonly create: (resource: Resource, object: object, options: CreateOptions) => Promise<unknown>;
  /**
   * Server-side apply under the name `sparkctl`: makes the object, or changes what differs. Fields that someone else manages
   * otherwise are a conflict. Returns the object as it is now.
   */
  readonly apply: (resource: Resource, object: object, ref: ObjectRef) => Promise<KubernetesObject>;
  readonly delete: (resource: Resource, ref: ObjectRef) => Promise<void>;
  /**
   * Delivers what is there (once, all together), then each object as it is added or changed. Survives lost connections;
   * resolves when `stop` aborts.
   */
  readonly follow: <T>(
    resource: Resource<T>,
    query: ListQuery,
    deliver: (objects: readonly T[]) => void,
    stop: AbortSignal,
  ) => Promise<void>;
  /** Hands the log of one container to `write`, piece by piece. When following, resolves with the end of the container. */
  readonly podLog: (
    pod: ObjectRef,
    options: PodLogOptions,
    write: (chunk: Uint8Array) => Promise<void>,
    stop: AbortSignal,
  ) => Promise<void>;
  /** Listens on 127.0.0.1 and forwards to a port of the pod. Rejects when the local port is taken (EADDRINUSE). */
  readonly forward: (pod: ObjectRef, ports: { readonly local: number; readonly remote: number }) => Promise<Forwarding>;
  readonly close: () => Promise<void>;
}

/** Which objects of a resource. Without a namespace: of all namespaces. */
export interface ListQuery {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export interface CreateOptions {
  /** What is created, for messages: the object itself may leave its name to the server. */
  readonly ref: ObjectRef;
  readonly dryRun: boolean;
}

export interface PodLogOptions {
  readonly container: string;
  readonly follow: boolean;
  readonly tailLines?: number;
  readonly sinceSeconds?: number;
  readonly timestamps: boolean;
}

export interface Forwarding {
  /** The port that was opened (told when 0 was asked for). */
  readonly localPort: number;
  /** Whether something in the pod answers HTTP at the other end. */
  readonly answers: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

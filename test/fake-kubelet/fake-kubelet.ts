import { setMaxListeners } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Pod } from '../../api/kubernetes.ts';
import { LABEL_SPARK_ROLE, ROLE_DRIVER } from '../../api/labels.ts';
import type { KubeClient, Page, Selection } from '../../kube/client.ts';
import { isAlreadyExists, isNotFound } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import { behaviourOf, type Behaviour } from './behaviour.ts';
import { executorPod } from './executor-pod.ts';
import { endedStatus, runningStatus, waitingStatus } from './pod-status.ts';

/** Stands in for kubelet and Spark on a control plane without nodes. */
export interface FakeKubelet {
  /** Stops watching and acting; pods stay as they are. */
  stop(): Promise<void>;
}

export interface FakeKubeletOptions {
  readonly client: KubeClient;
  /** Defaults for pods that say nothing themselves. */
  readonly behaviour?: Partial<Behaviour>;
  /** Only pods of this namespace. */
  readonly namespace?: string;
  /** What could not be done; a pod that vanished in between is no error. */
  readonly onError?: (error: unknown) => void;
}

const now = (): string => new Date().toISOString();

const sleep = (ms: number, signal: AbortSignal): Promise<void> => setTimeout(ms, undefined, { signal });

/** Moves one pod through its life. */
class PodLife {
  readonly #client: KubeClient;
  readonly #signal: AbortSignal;

  constructor(client: KubeClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /** Driver pods start, ask for executors, remove them and end; the usual order of events in a Spark application. */
  async driver(pod: Pod, behaviour: Behaviour): Promise<void> {
    await sleep(behaviour.startMs, this.#signal);
    if (behaviour.waitingReason !== undefined) return this.#write(pod, waitingStatus(pod, behaviour));
    await this.#write(pod, runningStatus(pod, now()));
    const executors = Array.from({ length: behaviour.executors }, (_, index) => executorPod(pod, index + 1));
    await Promise.all(executors.map((executor) => this.#create(executor)));
    if (behaviour.runMs < 0) return;
    await sleep(behaviour.runMs, this.#signal);
    await Promise.all(executors.map((executor) => this.#remove(executor)));
    await this.#write(pod, endedStatus(pod, behaviour, now()));
  }

  async executor(pod: Pod): Promise<void> {
    await this.#write(pod, runningStatus(pod, now()));
  }

  async #write(pod: Pod, status: object): Promise<void> {
    const { name = '', namespace = '', uid = '' } = pod.metadata ?? {};
    const patch = { metadata: { uid }, status };
    await this.#insist(() => this.#client.patch(resources.pods, { name, namespace }, patch, { subresource: 'status' }));
  }

  async #create(pod: Pod): Promise<void> {
    await this.#insist(() => this.#client.create(resources.pods, pod).catch(ignoreExisting));
  }

  async #remove({ metadata: { name = '', namespace = '' } = {} }: Pod): Promise<void> {
    const options = { gracePeriodSeconds: 0 };
    await this.#insist(() => this.#client.delete(resources.pods, { name, namespace }, options).catch(ignoreGone));
  }

  /** A kubelet does not give up on a busy API server: tried again while the pod is there. */
  async #insist(act: () => Promise<unknown>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await act();
        return;
      } catch (error) {
        if (isPartOfLife(error) || attempt === MAX_ATTEMPTS) throw error;
        await sleep(100 * attempt, this.#signal);
      }
    }
  }
}

/** Tries of one write. */
const MAX_ATTEMPTS = 10;

const ignoreExisting = (error: unknown): void => {
  if (!isAlreadyExists(error)) throw error;
};

const ignoreGone = (error: unknown): void => {
  if (!isNotFound(error)) throw error;
};

/** A pod that vanished or was replaced while we acted on it is part of a pod's life. */
const isPartOfLife = (error: unknown): boolean => isNotFound(error) || isAlreadyExists(error);

const isFresh = ({ metadata, status }: Pod): boolean =>
  metadata?.deletionTimestamp === undefined && (status?.phase ?? 'Pending') === 'Pending';

/** Begins with the pods that are there. Resolves when the watch is open. */
export async function startFakeKubelet(options: FakeKubeletOptions): Promise<FakeKubelet> {
  const { client, behaviour, namespace, onError } = options;
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const life = new PodLife(client, stop.signal);
  const taken = new Set<string>();

  const take = (pod: Pod): void => {
    const { uid = '', labels = {} } = pod.metadata ?? {};
    if (taken.has(uid) || !isFresh(pod)) return;
    taken.add(uid);
    const isDriver = labels[LABEL_SPARK_ROLE] === ROLE_DRIVER;
    const lived = isDriver ? life.driver(pod, behaviourOf(pod, behaviour)) : life.executor(pod);
    lived.catch((error: unknown) => {
      if (!stop.signal.aborted && !isPartOfLife(error)) onError?.(error);
    });
  };

  const selection = { labelSelector: LABEL_SPARK_ROLE, ...(namespace === undefined ? {} : { namespace }) };
  const first = await client.list(resources.pods, selection);
  const watching = followPods({ client, selection, take, signal: stop.signal }, first);
  return {
    stop: async () => {
      stop.abort();
      await watching;
    },
  };
}

interface Following {
  readonly client: KubeClient;
  readonly selection: Selection;
  readonly take: (pod: Pod) => void;
  readonly signal: AbortSignal;
}

/** Watches until stopped. After a break it lists anew: pods that were taken before are known by their uid. */
async function followPods({ client, selection, take, signal }: Following, first: Page<Pod>): Promise<void> {
  let page = first;
  while (!signal.aborted) {
    page.items.forEach(take);
    try {
      await client.watch(resources.pods, { ...selection, resourceVersion: page.resourceVersion, signal }, (event) => {
        if (event.type === 'ADDED') take(event.object);
      });
      page = await client.list(resources.pods, { ...selection, signal });
    } catch {
      // The pause keeps a server that is down from being hammered.
      await sleep(200, signal).catch(() => undefined);
      page = await client.list(resources.pods, { ...selection, signal }).catch(() => page);
    }
  }
}

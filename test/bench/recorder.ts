import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { Pod } from '../../api/kubernetes.ts';
import { LABEL_SPARK_ROLE, LABEL_SUBMISSION_ID, ROLE_DRIVER } from '../../api/labels.ts';
import type { KubeClient, WatchEvent } from '../../kube/client.ts';
import { resources } from '../../kube/resources.ts';
import type { Sighting } from './tally.ts';

/** Watches a namespace by itself, so that the figures do not depend on what any operator says of itself. */
export interface Recorder {
  readonly sightings: readonly Sighting[];
  /** Resolves when the condition holds; looked at after each event. Rejects when the time is up. */
  until(what: string, condition: (recorder: Recorder) => boolean, timeoutMs: number): Promise<void>;
  /** Names of the applications whose newest state is COMPLETED. */
  readonly completed: ReadonlySet<string>;
  stop(): Promise<void>;
}

class Watching implements Recorder {
  readonly sightings: Sighting[] = [];
  readonly completed = new Set<string>();
  readonly #client: KubeClient;
  readonly #namespace: string;
  readonly #stop = new AbortController();
  readonly #waiting = new Set<() => void>();
  #streams: Promise<unknown> = Promise.resolve();

  constructor(client: KubeClient, namespace: string) {
    this.#client = client;
    this.#namespace = namespace;
  }

  /** Opens both watches at the present state: what was there before is not recorded. */
  async start(): Promise<void> {
    const namespace = this.#namespace;
    const [apps, pods] = await Promise.all([
      this.#client.list(resources.sparkApplications, { namespace }),
      this.#client.list(resources.pods, { namespace }),
    ]);
    const { signal } = this.#stop;
    const labelSelector = `${LABEL_SPARK_ROLE}=${ROLE_DRIVER}`;
    const common = { namespace, signal, timeoutSeconds: 3600, idleTimeoutMs: 0 };
    this.#streams = Promise.allSettled([
      this.#client.watch(resources.sparkApplications, { ...common, resourceVersion: apps.resourceVersion }, (event) =>
        this.#onApplication(event),
      ),
      this.#client.watch(resources.pods, { ...common, labelSelector, resourceVersion: pods.resourceVersion }, (event) =>
        this.#onPod(event),
      ),
    ]);
  }

  until(what: string, condition: (recorder: Recorder) => boolean, timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (!condition(this)) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`Gave up after ${timeoutMs / 1000} s waiting for ${what}`));
      }, timeoutMs);
      this.#waiting.add(look);
      look();
    });
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#streams;
  }

  #onApplication({ type, object }: WatchEvent<SparkApplication>): void {
    const { uid, name } = object.metadata;
    if (type === 'ADDED') this.sightings.push({ kind: 'application', uid, name, at: performance.now() });
    if (object.status?.applicationState?.state === 'COMPLETED') this.completed.add(name);
    this.#wake();
  }

  #onPod({ type, object }: WatchEvent<Pod>): void {
    if (type !== 'ADDED') return;
    const { uid = '', labels = {}, ownerReferences = [] } = object.metadata ?? {};
    const applicationUid = ownerReferences.find(({ kind }) => kind === 'SparkApplication')?.uid ?? '';
    const attempt = labels[LABEL_SUBMISSION_ID] ?? '';
    this.sightings.push({ kind: 'driver', uid, applicationUid, attempt, at: performance.now() });
    this.#wake();
  }

  #wake(): void {
    for (const look of [...this.#waiting]) look();
  }
}

/** Begins to record. Resolves when both watches are under way. */
export async function startRecorder(client: KubeClient, namespace: string): Promise<Recorder> {
  const watching = new Watching(client, namespace);
  await watching.start();
  return watching;
}

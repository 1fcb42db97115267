import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { Pod } from '../../api/kubernetes.ts';
import { LABEL_LAUNCHED_BY, LABEL_SCHEDULED_APP_NAME, ROLE_DRIVER } from '../../api/labels.ts';
import type { KubeClient } from '../../kube/client.ts';
import { informer, type Informer } from '../../kube/informer.ts';
import { namespaceOf, type Key } from '../../kube/key.ts';
import type { Logger } from '../../kube/log.ts';
import type { ReflectorMeter } from '../../kube/reflector-meter.ts';
import { resources } from '../../kube/resources.ts';
import type { WorkQueue } from '../../kube/workqueue.ts';
import { applicationView, sameVersion } from './application-view.ts';
import type { Memories } from './memory.ts';
import { mergeDiff } from './merge-diff.ts';
import { podView, type PodView } from './pod-view.ts';
import type { Stores } from './stores.ts';

type AppInformer = Informer<SparkApplication, SparkApplication, 'schedule'>;
type PodInformer = Informer<Pod, PodView, 'app'>;

/** Applications and their pods in one namespace, or in all. */
interface WatchSet {
  readonly apps: AppInformer;
  readonly pods: PodInformer;
}

export interface WatchOptions {
  readonly client: KubeClient;
  /** Empty = all namespaces; else only these are listed and watched, as namespaced RBAC allows. */
  readonly namespaces: readonly string[];
  readonly queue: WorkQueue;
  readonly memories: Memories;
  readonly log: Logger;
  readonly meterOf: (resource: string) => ReflectorMeter;
}

export interface Watches {
  readonly stores: Stores;
  /** Hears of every change of an application, the first list included. */
  onApplication(listener: (before: SparkApplication | undefined, after: SparkApplication | undefined) => void): void;
  /** Hears of each driver pod that went, by the key of its application. */
  onDriverGone(listener: (key: Key) => void): void;
  /** The applications that carry the label of a schedule, by the schedule's key. */
  runsOf(schedule: Key): readonly SparkApplication[];
  /** Every application known. */
  all(): Iterable<SparkApplication>;
  /** Looks at all applications of a namespace again. */
  wake(namespace: string): void;
  synced(): boolean;
  whenSynced(stop: AbortSignal): Promise<void>;
  run(stop: AbortSignal): Promise<void>;
}

/** Which event wakes which key: an application wakes itself, a pod the application whose label it carries. */
export function watches(options: WatchOptions): Watches {
  const sets = new Map(
    (options.namespaces.length === 0 ? [''] : options.namespaces).map((namespace) => [
      namespace,
      watchSet(options, namespace),
    ]),
  );
  const setOf = (key: Key): WatchSet | undefined => sets.get('') ?? sets.get(namespaceOf(key));
  const all = [...sets.values()].flatMap(({ apps, pods }) => [apps, pods]);
  const synced = (): boolean => all.every((one) => one.synced());
  for (const { apps, pods } of sets.values()) {
    apps.onChange((key) => options.queue.add(key, synced() ? 'normal' : 'low'));
    pods.onChange((_key, before, after) => wakeOwner(options, before, after, synced()));
  }
  return {
    stores: storesOver(setOf),
    onApplication: (listener) => {
      for (const { apps } of sets.values()) apps.onChange((_key, before, after) => listener(before, after));
    },
    onDriverGone: (listener) => {
      for (const { pods } of sets.values()) tellGoneDrivers(pods, listener);
    },
    runsOf: (schedule) => setOf(schedule)?.apps.store.byIndex('schedule', schedule) ?? [],
    all: function* () {
      for (const { apps } of sets.values()) yield* apps.store.values();
    },
    wake: (namespace) => {
      const keys = [...(setOf(`${namespace}/`)?.apps.store.keys() ?? [])];
      for (const key of keys.filter((one) => namespaceOf(one) === namespace)) options.queue.add(key);
    },
    synced,
    whenSynced: async (stop) => {
      await Promise.all(all.map((one) => one.whenSynced(stop)));
    },
    run: async (stop) => {
      await Promise.all(all.map((one) => one.run(stop)));
    },
  };
}

function watchSet({ client, log, meterOf }: WatchOptions, namespace: string): WatchSet {
  const within = namespace === '' ? {} : { namespace };
  return {
    apps: informer({
      client,
      resource: resources.sparkApplications,
      selection: within,
      project: applicationView,
      indexes: { schedule: scheduleKeyOf },
      same: sameVersion,
      log,
      meter: meterOf(resources.sparkApplications.plural),
    }),
    pods: informer({
      client,
      resource: resources.pods,
      selection: { ...within, labelSelector: `${LABEL_LAUNCHED_BY}=true` },
      project: podView,
      indexes: { app: (pod: PodView) => appKeyOf(pod) },
      same: (before, after) => mergeDiff(before, after) === undefined,
      log,
      meter: meterOf(resources.pods.plural),
    }),
  };
}

function tellGoneDrivers(pods: PodInformer, listener: (application: Key) => void): void {
  pods.onChange((_key, before, after) => {
    if (after === undefined && before?.role === ROLE_DRIVER) listener(appKeyOf(before));
  });
}

/** Remembers a driver that went, then wakes its application. */
function wakeOwner(
  { queue, memories }: WatchOptions,
  before: PodView | undefined,
  after: PodView | undefined,
  synced: boolean,
): void {
  const pod = after ?? before;
  if (pod === undefined || pod.app === '') return;
  const key = appKeyOf(pod);
  if (after === undefined && pod.role === ROLE_DRIVER) memories.of(key).goneDriver = pod;
  queue.add(key, synced ? 'normal' : 'low');
}

/** The key of the schedule that an application says it is a run of. */
export function scheduleKeyOf({ metadata }: SparkApplication): Key | undefined {
  const name = metadata.labels?.[LABEL_SCHEDULED_APP_NAME];
  return name === undefined ? undefined : `${metadata.namespace}/${name}`;
}

const appKeyOf = ({ namespace, app }: PodView): Key => `${namespace}/${app}`;

const storesOver = (setOf: (key: Key) => WatchSet | undefined): Stores => ({
  app: (key) => setOf(key)?.apps.store.get(key),
  pods: (key) => setOf(key)?.pods.store.byIndex('app', key) ?? [],
  acceptApp: (app) => setOf(`${app.metadata.namespace}/`)?.apps.accept(app),
  acceptPod: (pod) => setOf(`${pod.metadata?.namespace ?? ''}/`)?.pods.accept(pod),
});

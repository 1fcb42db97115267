import type { Namespace } from '../../api/kubernetes.ts';
import type { KubeClient, Selection } from '../../kube/client.ts';
import { informer, type InformerOptions, type Listener } from '../../kube/informer.ts';
import type { Logger } from '../../kube/log.ts';
import { optionalInformer } from '../../kube/optional-informer.ts';
import type { ReflectorMeter } from '../../kube/reflector-meter.ts';
import { resources } from '../../kube/resources.ts';
import type { Store } from '../../kube/store.ts';
import { sameJson } from '../sparkapplication/merge-diff.ts';
import { namespaceView, type NamespaceView } from './namespace-view.ts';

export interface NamespaceWatchOptions {
  readonly client: KubeClient;
  /** Empty = all; else each is watched by its name, as RBAC by resourceName allows. */
  readonly namespaces: readonly string[];
  /** Whether nothing can be done without: then all wait for the first list. */
  readonly isNeeded: boolean;
  readonly log: Logger;
  readonly meterOf: (resource: string) => ReflectorMeter;
}

/** Namespaces with their labels. */
export interface NamespaceWatch {
  get(name: string): NamespaceView | undefined;
  all(): readonly NamespaceView[];
  onChange(listener: Listener<NamespaceView>): void;
  /** Whether what is not there is known not to be. */
  listed(): boolean;
  settled(): boolean;
  whenSettled(stop?: AbortSignal): Promise<void>;
  run(stop: AbortSignal): Promise<void>;
}

/** What there is to know of one source of namespaces: all, or one by its name. */
interface Source extends Pick<NamespaceWatch, 'onChange' | 'listed' | 'settled' | 'whenSettled' | 'run'> {
  readonly store: Store<NamespaceView>;
}

/** Without the right to watch namespaces, and if it is not needed, labels are unknown and nothing else breaks. */
export function watchNamespaces(options: NamespaceWatchOptions): NamespaceWatch {
  const { namespaces } = options;
  const selections: readonly Selection[] =
    namespaces.length === 0 ? [{}] : namespaces.map((name) => ({ fieldSelector: `metadata.name=${name}` }));
  const sources = selections.map((selection) => source(options, selection));
  return {
    get: (name) => sources.map(({ store }) => store.get(name)).find((view) => view !== undefined),
    all: () => sources.flatMap(({ store }) => [...store.values()]),
    onChange: (listener) => sources.forEach((one) => one.onChange(listener)),
    listed: () => sources.every((one) => one.listed()),
    settled: () => sources.every((one) => one.settled()),
    whenSettled: async (stop) => {
      await Promise.all(sources.map((one) => one.whenSettled(stop)));
    },
    run: async (stop) => {
      await Promise.all(sources.map((one) => one.run(stop)));
    },
  };
}

function source({ client, log, meterOf, isNeeded }: NamespaceWatchOptions, selection: Selection): Source {
  const options: InformerOptions<Namespace, NamespaceView> = {
    client,
    resource: resources.namespaces,
    selection,
    project: namespaceView,
    same: sameJson,
    log,
    meter: meterOf(resources.namespaces.plural),
  };
  if (!isNeeded) return optionalInformer({ ...options, without: 'SparkPodDefaults that select namespaces by labels' });
  const needed = informer(options);
  return {
    store: needed.store,
    onChange: (listener) => needed.onChange(listener),
    listed: () => needed.synced(),
    settled: () => needed.synced(),
    whenSettled: (stop) => needed.whenSynced(stop),
    run: (stop) => needed.run(stop),
  };
}

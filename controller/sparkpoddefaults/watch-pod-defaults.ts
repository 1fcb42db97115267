import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import type { KubeClient, Selection } from '../../kube/client.ts';
import type { Listener } from '../../kube/informer.ts';
import type { Key } from '../../kube/key.ts';
import type { Logger } from '../../kube/log.ts';
import { optionalInformer, type OptionalInformer } from '../../kube/optional-informer.ts';
import type { ReflectorMeter } from '../../kube/reflector-meter.ts';
import { resources } from '../../kube/resources.ts';
import { without } from '../sparkapplication/without.ts';

export interface PodDefaultsWatchOptions {
  readonly client: KubeClient;
  /** Job namespaces to look in; empty = all. */
  readonly namespaces: readonly string[];
  readonly operatorNamespace: string | undefined;
  readonly log: Logger;
  readonly meterOf: (resource: string) => ReflectorMeter;
}

/** SparkPodDefaults of the site and of the job namespaces. Reading never waits. */
export interface PodDefaultsWatch {
  get(key: Key): SparkPodDefaults | undefined;
  /** Those that are not under deletion. The same list as long as nothing changes. */
  all(): readonly SparkPodDefaults[];
  /** Whether what is not there is known not to be. */
  listed(): boolean;
  onChange(listener: Listener<SparkPodDefaults>): void;
  /** Takes the answer of a write of ours. */
  accept(object: SparkPodDefaults): void;
  settled(): boolean;
  whenSettled(stop?: AbortSignal): Promise<void>;
  run(stop: AbortSignal): Promise<void>;
}

type DefaultsInformer = OptionalInformer<SparkPodDefaults, SparkPodDefaults, never>;

/** An older installation has no such CRD, and none is needed: there are no defaults then. */
export function watchPodDefaults(options: PodDefaultsWatchOptions): PodDefaultsWatch {
  const informers = selectionsOf(options).map((selection) => informerOf(options, selection));
  let known: readonly SparkPodDefaults[] | undefined;
  for (const one of informers) one.onChange(() => (known = undefined));
  const values = (): readonly SparkPodDefaults[] =>
    informers
      .flatMap(({ store }) => [...store.values()])
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  return {
    get: (key) => informers.map(({ store }) => store.get(key)).find((object) => object !== undefined),
    all: () => (known ??= values()),
    listed: () => informers.every((one) => one.listed()),
    onChange: (listener) => informers.forEach((one) => one.onChange(listener)),
    accept: (object) => informers.find(({ store }) => store.get(keyOf(object)) !== undefined)?.accept(object),
    settled: () => informers.every((one) => one.settled()),
    whenSettled: async (stop) => {
      await Promise.all(informers.map((one) => one.whenSettled(stop)));
    },
    run: async (stop) => {
      await Promise.all(informers.map((one) => one.run(stop)));
    },
  };
}

const keyOf = ({ metadata }: SparkPodDefaults): Key => `${metadata.namespace}/${metadata.name}`;

const selectionsOf = ({ namespaces, operatorNamespace }: PodDefaultsWatchOptions): readonly Selection[] =>
  namespaces.length === 0
    ? [{}]
    : [...new Set([...namespaces, ...(operatorNamespace === undefined ? [] : [operatorNamespace])])].map(
        (namespace) => ({ namespace }),
      );

const informerOf = ({ client, log, meterOf }: PodDefaultsWatchOptions, selection: Selection): DefaultsInformer =>
  optionalInformer<SparkPodDefaults, SparkPodDefaults>({
    client,
    resource: resources.sparkPodDefaults,
    selection,
    project: podDefaultsView,
    same: (before, after) => before.metadata.resourceVersion === after.metadata.resourceVersion,
    log,
    meter: meterOf(resources.sparkPodDefaults.plural),
    without: 'the site defaults of Spark pods (SparkPodDefaults)',
  });

/** Lists leave kind and apiVersion out; nobody reads the managed fields. */
const podDefaultsView = (object: SparkPodDefaults): SparkPodDefaults => ({
  ...object,
  apiVersion: 'sparkoperator.k8s.io/v1alpha1',
  kind: 'SparkPodDefaults',
  metadata: without(object.metadata, 'managedFields'),
});

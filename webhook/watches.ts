import type { Namespace } from '../api/kubernetes.ts';
import type { StringMap } from '../api/scalars.ts';
import type { SparkApplication } from '../api/sparkapplication.ts';
import type { SparkPodDefaults } from '../api/sparkpoddefaults.ts';
import type { KubeClient, Selection } from '../kube/client.ts';
import { informer, type Informer } from '../kube/informer.ts';
import { type Identified, keyOf } from '../kube/key.ts';
import type { Logger } from '../kube/log.ts';
import { optionalInformer } from '../kube/optional-informer.ts';
import type { Metrics } from '../kube/metrics.ts';
import type { Watching } from '../kube/program.ts';
import { reflectorMeters } from '../kube/reflector-meter.ts';
import { type Resource, resources } from '../kube/resources.ts';
import { podFields } from './pods/pod-fields.ts';

/** What reviews read of the cluster: from memory, so that an answer waits for nobody. */
export interface Watches extends Watching {
  readonly synced: () => boolean;
  /** What pods need of an application (`podFields`). */
  readonly application: (namespace: string, name: string) => SparkApplication | undefined;
  /** Every SparkPodDefaults that is known. */
  readonly podDefaults: () => readonly SparkPodDefaults[];
  /** Undefined for a namespace that does not exist or is not selected. */
  readonly namespaceLabels: (namespace: string) => StringMap | undefined;
}

export interface WatchesOptions {
  readonly client: KubeClient;
  /** Empty = all. */
  readonly namespaces: readonly string[];
  readonly namespaceSelector: string | undefined;
  readonly operatorNamespace: string;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Informers over applications, SparkPodDefaults and namespaces of the scope. */
export function watches(options: WatchesOptions): Watches {
  const { namespaces, namespaceSelector: labelSelector, operatorNamespace } = options;
  const meterOf = reflectorMeters(options.metrics);
  const watch = watchWith(options, meterOf);
  const defaultsOf = namespaces.length === 0 ? [] : [...new Set([...namespaces, operatorNamespace])];
  const applications = inNamespaces(namespaces).map((where) => watch(resources.sparkApplications, podFields, where));
  const defaults = inNamespaces(defaultsOf).map((where) => watchPodDefaults(options, meterOf, where));
  const labels = watch(resources.namespaces, labelsOf, labelSelector === undefined ? {} : { labelSelector });
  const needed: readonly Pick<Informer<object, unknown>, 'synced' | 'whenSynced' | 'run'>[] = [...applications, labels];
  return {
    synced: () => needed.every((one) => one.synced()) && defaults.every((one) => one.settled()),
    whenSynced: async (stop) => {
      await Promise.all([
        ...needed.map((one) => one.whenSynced(stop)),
        ...defaults.map((one) => one.whenSettled(stop)),
      ]);
    },
    run: async (stop) => {
      await Promise.all([...needed, ...defaults].map((one) => one.run(stop)));
    },
    application: (namespace, name) => {
      const key = keyOf({ namespace, name });
      return applications.map(({ store }) => store.get(key)).find((app) => app !== undefined);
    },
    podDefaults: () => defaults.flatMap(({ store }) => [...store.values()]),
    namespaceLabels: (namespace) => labels.store.get(namespace),
  };
}

type MeterOf = ReturnType<typeof reflectorMeters>;

function watchWith({ client, log }: WatchesOptions, meterOf: MeterOf) {
  return <T extends Identified, P>(resource: Resource<T>, project: (object: T) => P, selection: Selection) =>
    informer<T, P>({ client, resource, selection, project, log, meter: meterOf(resource.plural) });
}

/** Admission goes on without them where their CRD is not installed or may not be read. */
const watchPodDefaults = ({ client, log }: WatchesOptions, meterOf: MeterOf, selection: Selection) =>
  optionalInformer({
    client,
    resource: resources.sparkPodDefaults,
    selection,
    project: lean,
    without: 'SparkPodDefaults',
    meter: meterOf(resources.sparkPodDefaults.plural),
    log,
  });

/** One selection for each namespace, as namespaced RBAC allows; no names = one for all. */
const inNamespaces = (names: readonly string[]): readonly Selection[] =>
  names.length === 0 ? [{}] : names.map((namespace) => ({ namespace }));

const labelsOf = ({ metadata }: Namespace): StringMap => metadata?.labels ?? {};

/** Without what nobody reads: managed fields, annotations and status. */
const lean = ({ apiVersion, kind, metadata, spec }: SparkPodDefaults): SparkPodDefaults => {
  const { name, namespace, uid, labels } = metadata;
  return { apiVersion, kind, metadata: { name, namespace, uid, ...(labels === undefined ? {} : { labels }) }, spec };
};

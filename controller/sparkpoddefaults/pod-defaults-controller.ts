import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { Clock } from '../../kube/clock.ts';
import type { Key } from '../../kube/key.ts';
import type { Logger } from '../../kube/log.ts';
import type { QueueMeter } from '../../kube/queue-meter.ts';
import { done, type Reconcile } from '../../kube/reconcile.ts';
import { runWorkers } from '../../kube/worker.ts';
import { WorkQueue } from '../../kube/workqueue.ts';
import type { JobNamespaces } from '../namespaces/job-namespaces.ts';
import { inventories } from './inventory.ts';
import { namedObjects } from './named-objects.ts';
import { propagate, type Outcomes, type PropagationWorld } from './propagation.ts';
import { sourceWatches, type SourceWatches } from './source-watches.ts';
import { propagates, wantedCopies } from './wanted-copies.ts';
import type { PodDefaultsWatch } from './watch-pod-defaults.ts';
import { writeStatus } from './write-status.ts';

export interface PodDefaultsControllerOptions {
  readonly client: KubeClient;
  readonly podDefaults: PodDefaultsWatch;
  readonly namespaces: JobNamespaces;
  /** Job namespaces by name; empty = all. */
  readonly listed: readonly string[];
  readonly operatorNamespace: string;
  readonly log: Logger;
  readonly clock: Clock;
  readonly meter: QueueMeter;
}

/** Copies are few, and applications go first. */
const WORKERS = 2;

/** Several namespaces that are done within this time make one status. */
const FOLD_MS = 100;

/** How soon to look again whether defaults and namespaces are known. */
const UNKNOWN_MS = 30_000;

/**
 * Copies what SparkPodDefaults name into the job namespaces, and writes their status. The queue holds two kinds of keys: a
 * namespace by its name, SparkPodDefaults as `namespace/name`. The answer works until `stop` aborts.
 */
export function podDefaultsController(options: PodDefaultsControllerOptions): (stop: AbortSignal) => Promise<void> {
  const { client, namespaces, operatorNamespace: namespace, log, clock, meter } = options;
  const queue = new WorkQueue({ clock, meter });
  const outcomes = new Map<string, Outcomes>();
  const wakeAll = (): void => {
    for (const name of new Set([...namespaces.served().map((view) => view.name), ...outcomes.keys()]))
      queue.add(name, 'low');
  };
  const sources = sourceWatches({ client, namespace, onChange: wakeAll, log });
  const parts = { queue, sources, outcomes, wakeAll };
  const reconcile = reconciler(options, parts);
  listen(options, parts);
  return async (stop) => {
    sources.want(askedFor(options));
    await runWorkers({ queue, reconcile, log, count: WORKERS, clock, meter }, stop);
    await sources.stop();
  };
}

interface Parts {
  readonly queue: WorkQueue;
  readonly sources: SourceWatches;
  readonly outcomes: Map<string, Outcomes>;
  readonly wakeAll: () => void;
}

/** Which event wakes which key. */
function listen(options: PodDefaultsControllerOptions, { queue, sources, wakeAll }: Parts): void {
  const { podDefaults, namespaces, operatorNamespace } = options;
  podDefaults.onChange((key, before, after) => {
    if (before?.metadata.generation === after?.metadata.generation && before?.metadata.uid === after?.metadata.uid)
      return;
    queue.add(key);
    if (![before, after].some((one) => one !== undefined && propagates(one, operatorNamespace))) return;
    if (sources.isRunning()) sources.want(askedFor(options));
    wakeAll();
  });
  namespaces.onChange((name) => queue.add(name, 'low'));
}

/** Defaults that want copies. */
const asking = ({ podDefaults, operatorNamespace }: PodDefaultsControllerOptions): readonly SparkPodDefaults[] =>
  podDefaults.all().filter((one) => propagates(one, operatorNamespace));

const askedFor = (options: PodDefaultsControllerOptions): ReturnType<typeof namedObjects> =>
  asking(options).flatMap(({ spec }) => namedObjects(spec));

function reconciler(options: PodDefaultsControllerOptions, { queue, sources, outcomes }: Parts): Reconcile {
  const { podDefaults, namespaces, clock, client, operatorNamespace } = options;
  const world = propagationWorld(options, sources, outcomes);
  const targets = (): ReturnType<JobNamespaces['served']> => namespaces.served();
  const now = (): number => clock.now();
  const statuses = { client, podDefaults, targets, operatorNamespace, outcomes, now };
  return async (key: Key, log) => {
    // What is not known to be absent must not be taken for absent: its copies would be removed.
    if (!podDefaults.listed() || !namespaces.complete()) return { requeueAfterMs: UNKNOWN_MS };
    if (key.includes('/')) {
      await writeStatus(statuses, key, log);
      return done;
    }
    await world.inventories.load();
    const result = await propagate(world, key);
    for (const { metadata } of asking(options)) queue.addAfter(`${metadata.namespace}/${metadata.name}`, FOLD_MS);
    return result;
  };
}

function propagationWorld(
  options: PodDefaultsControllerOptions,
  sources: SourceWatches,
  outcomes: Map<string, Outcomes>,
): PropagationWorld {
  const { client, podDefaults, namespaces, operatorNamespace, listed, log } = options;
  return {
    client,
    operatorNamespace,
    outcomes,
    read: (object) => sources.read(object),
    inventories: inventories({ client, operatorNamespace, namespaces: listed, log }),
    wantedIn: (name) => {
      if (!namespaces.has(name)) return undefined;
      if (namespaces.standingOf(name) !== 'Served') return [];
      return wantedCopies(podDefaults.all(), { name, labels: namespaces.labelsOf(name) }, operatorNamespace);
    },
  };
}

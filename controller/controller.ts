import type { SparkApplication } from '../api/sparkapplication.ts';
import type { KubeClient } from '../kube/client.ts';
import { type Clock, systemClock } from '../kube/clock.ts';
import { eventRecorder, type EventRecorder } from '../kube/events.ts';
import { leaderElection } from '../kube/lease.ts';
import type { Logger } from '../kube/log.ts';
import type { Metrics } from '../kube/metrics.ts';
import { runProgram } from '../kube/program.ts';
import { queueMeters, type QueueMeter } from '../kube/queue-meter.ts';
import { reflectorMeters } from '../kube/reflector-meter.ts';
import { runWorkers } from '../kube/worker.ts';
import { WorkQueue } from '../kube/workqueue.ts';
import type { ControllerConfig } from './config.ts';
import type { Standing } from './namespaces/job-namespaces.ts';
import { announcementsOf } from './sparkapplication/announcements.ts';
import { readLive } from './sparkapplication/live.ts';
import { createMemories } from './sparkapplication/memory.ts';
import { applicationMetrics } from './sparkapplication/metrics.ts';
import { observe } from './sparkapplication/observe.ts';
import { perform } from './sparkapplication/perform.ts';
import { prepare } from './sparkapplication/prepare.ts';
import { sparkApplicationReconciler, type World } from './sparkapplication/reconciler.ts';
import { readWarnings } from './sparkapplication/start-warnings.ts';
import { statusWriter, type Tell } from './sparkapplication/status-writer.ts';
import type { AttemptOrder } from './sparkapplication/seen.ts';
import { sweep } from './sparkapplication/sweep.ts';
import { watches, type Watches } from './sparkapplication/watches.ts';
import { scheduleController } from './scheduledsparkapplication/schedule-controller.ts';
import { podDefaultsController } from './sparkpoddefaults/pod-defaults-controller.ts';
import { site, type Site } from './site.ts';

/** The outside world of the controller. */
export interface ControllerOptions {
  readonly config: ControllerConfig;
  readonly client: KubeClient;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly clock?: Clock;
  /** Run at the very end: close servers and the transport. */
  readonly cleanup?: readonly (() => Promise<void>)[];
}

/** The controller, wired but not started. */
export interface Controller {
  /** Whether the caches are complete: readiness, of a standby too. */
  synced(): boolean;
  /** Works until `stop` aborts; the exit code. */
  run(stop: AbortSignal): Promise<number>;
}

/** Wires informers, queue, workers, events, metrics and leader election together. */
export function controller(options: ControllerOptions): Controller {
  const { config, client, metrics, log, clock = systemClock } = options;
  const memories = createMemories();
  const meterOfQueue = queueMeters(metrics);
  const meter = meterOfQueue('sparkapplication');
  const queue = new WorkQueue({ meter });
  const meterOf = reflectorMeters(metrics);
  const known = site({ client, config, log, meterOf });
  const watched = watches({ client, namespaces: config.namespaces, queue, memories, log, meterOf });
  wakeWithNamespaces(known, watched);
  const instance = config.identity;
  const events = eventRecorder({ client, component: 'spark-operator', instance, log, metrics });
  const tell = telling(options, { known, watched, events, clock });
  const reconcile = sparkApplicationReconciler(worldOf(options, { known, watched, memories, tell, clock }));

  const workOnSchedules = scheduleController({
    ...{ client, schedules: known.schedules, applications: watched, namespaces: known.namespaces },
    ...{ events, metrics, log, clock },
    ...{ meter: meterOfQueue('scheduledsparkapplication'), precision: config.timestampPrecision },
    localZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const workOnDefaults = defaultsWork(options, known, { clock, meter: meterOfQueue('sparkpoddefaults') });
  const work = async (stop: AbortSignal): Promise<void> => {
    const workers = runWorkers({ queue, reconcile, log, count: config.threads, meter }, stop);
    const { namespaces } = config;
    const swept = sweep({ client, stores: watched.stores, memories, queue, namespaces, log }, stop);
    await Promise.all([workers, workOnDefaults(stop), workOnSchedules(stop), swept]);
  };
  const cleanup = [() => events.flush(2_000), ...(options.cleanup ?? [])];
  const election = config.leaderElection.enabled ? electionOf(options) : undefined;
  return {
    synced: () => watched.synced() && known.settled(),
    run: (stop) => runProgram({ log, informers: [watched, known], work, election, cleanup }, stop),
  };
}

function electionOf({ client, config, log }: ControllerOptions): ReturnType<typeof leaderElection> {
  const { lockName: name, lockNamespace: namespace, ...terms } = config.leaderElection;
  return leaderElection({ client, name, namespace, identity: config.identity, log, ...terms });
}

/** The work on SparkPodDefaults themselves: nothing when they are off, or when no namespace is known to be the operator's. */
function defaultsWork(
  { client, config, log }: ControllerOptions,
  { podDefaults, namespaces }: Site,
  { clock, meter }: { readonly clock: Clock; readonly meter: QueueMeter },
): (stop: AbortSignal) => Promise<void> {
  const { operatorNamespace, namespaces: listed } = config;
  if (podDefaults === undefined || operatorNamespace === undefined) return () => Promise.resolve();
  return podDefaultsController({ client, podDefaults, namespaces, listed, operatorNamespace, log, clock, meter });
}

/** A namespace that is served from now on has applications that wait; in one that is left, nothing new begins. */
function wakeWithNamespaces({ namespaces }: Site, watched: Watches): void {
  const standings = new Map<string, Standing>();
  namespaces.onChange((name) => {
    const standing = namespaces.standingOf(name);
    if (standings.get(name) === standing) return;
    standings.set(name, standing);
    if (watched.synced()) watched.wake(name);
  });
}

interface Parts {
  readonly known: Site;
  readonly watched: Watches;
  readonly memories: ReturnType<typeof createMemories>;
  readonly tell: Tell;
  readonly clock: Clock;
}

function worldOf({ client, config }: ControllerOptions, { known, watched, memories, tell, clock }: Parts): World {
  const { stores } = watched;
  const { masterUrl, enableUiService } = config;
  const observing = {
    stores,
    memories,
    settings: {
      driverStartGraceMs: config.driverStartGraceMs,
      driverPodCreationGraceMs: config.driverPodCreationGraceMs,
      maxTrackedExecutors: config.maxTrackedExecutorPerApp,
    },
    prepareFor: (app: SparkApplication) => {
      const defaults = known.defaultsOf(app);
      return (order: AttemptOrder) => prepare({ masterUrl, enableUiService }, app, order, defaults());
    },
    standingOf: (namespace: string) => known.namespaces.standingOf(namespace),
  };
  return {
    observe: (key, now, live) => observe(observing, key, now, live),
    readLive: (app) => readLive(client, stores, app),
    readWarnings: (pod, memory, now) => readWarnings(client, pod, memory, now),
    perform: perform({ client, stores }),
    writeStatus: statusWriter(client, stores, tell),
    memories,
    now: () => clock.now(),
  };
}

interface Listeners {
  readonly known: Site;
  readonly watched: Watches;
  readonly events: EventRecorder;
  readonly clock: Clock;
}

/** Events and metrics of every status that is written. */
function telling({ config, metrics }: ControllerOptions, { known, watched, events, clock }: Listeners): Tell {
  const labels = config.metrics.labels;
  const isOurs = ({ metadata }: SparkApplication): boolean =>
    known.namespaces.standingOf(metadata.namespace) !== 'Foreign';
  const all = (): Iterable<SparkApplication> => [...watched.all()].filter(isOurs);
  const counted = applicationMetrics({ metrics, labels, now: () => clock.now(), all });
  watched.onApplication((before, after) => {
    if (before === undefined && after !== undefined && isOurs(after)) counted.seen(after);
  });
  return (app, before, after) => {
    counted.changed(app, before, after);
    for (const announcement of announcementsOf(app.metadata.name, before, after)) events.record(app, announcement);
  };
}

import { ROLE_DRIVER } from '../../api/labels.ts';
import type {
  ScheduledSparkApplication,
  ScheduledSparkApplicationStatus,
} from '../../api/scheduledsparkapplication.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { Clock } from '../../kube/clock.ts';
import type { EventRecorder } from '../../kube/events.ts';
import { keyOfObject, namespaceOf, type Key } from '../../kube/key.ts';
import type { Logger } from '../../kube/log.ts';
import type { Metrics } from '../../kube/metrics.ts';
import type { QueueMeter } from '../../kube/queue-meter.ts';
import { resources } from '../../kube/resources.ts';
import { runWorkers } from '../../kube/worker.ts';
import { WorkQueue } from '../../kube/workqueue.ts';
import type { TimestampPrecision } from '../../spark/schedule/run-name.ts';
import type { JobNamespaces } from '../namespaces/job-namespaces.ts';
import { mergeDiff } from '../sparkapplication/merge-diff.ts';
import { scheduleKeyOf, type Watches } from '../sparkapplication/watches.ts';
import { observeSchedule, type ScheduleObserving } from './observe.ts';
import { endRun, startRun } from './perform.ts';
import { scheduleReconciler, type ScheduleWorld } from './reconciler.ts';
import { scheduleMetrics } from './schedule-metrics.ts';
import type { ScheduleWatch } from './watch-schedules.ts';

export interface ScheduleControllerOptions {
  readonly client: KubeClient;
  readonly schedules: ScheduleWatch;
  readonly applications: Watches;
  readonly namespaces: JobNamespaces;
  readonly events: EventRecorder;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly clock: Clock;
  readonly meter: QueueMeter;
  readonly localZone: string;
  readonly precision: TimestampPrecision;
}

/** Schedules have little to do at a time, and applications go first. */
const WORKERS = 2;

/** Starts the runs of ScheduledSparkApplications. The answer works until `stop` aborts. */
export function scheduleController(options: ScheduleControllerOptions): (stop: AbortSignal) => Promise<void> {
  const { log, clock, meter } = options;
  const queue = new WorkQueue({ clock, meter });
  listen(options, queue);
  const reconcile = scheduleReconciler(worldOf(options));
  return (stop) => runWorkers({ queue, reconcile, log, count: WORKERS, clock, meter }, stop);
}

/** Which event wakes which schedule: its own changes, those of its runs' states, and the end of a driver it waits for. */
function listen({ schedules, applications, namespaces }: ScheduleControllerOptions, queue: WorkQueue): void {
  schedules.onChange((key) => queue.add(key));
  applications.onApplication((before, after) => {
    for (const run of [before, after]) {
      const key = run === undefined ? undefined : scheduleKeyOf(run);
      if (key !== undefined && looksOf(before) !== looksOf(after)) queue.add(key);
    }
  });
  applications.onDriverGone((application) => {
    const waiting = schedules.all().filter(({ metadata, status }) => {
      return `${metadata.namespace}/${status?.lastRunName ?? ''}` === application;
    });
    for (const schedule of waiting) queue.add(keyOfObject(schedule));
  });
  namespaces.onChange((name) => {
    for (const key of schedules.all().map(keyOfObject)) if (namespaceOf(key) === name) queue.add(key);
  });
}

/** What of a run a schedule heeds: whether it is there, its state, and whether it is on its way out. */
const looksOf = (run: SparkApplication | undefined): string =>
  run === undefined ? 'gone' : `${run.status?.applicationState?.state ?? ''} ${run.metadata.deletionTimestamp ?? ''}`;

function worldOf(options: ScheduleControllerOptions): ScheduleWorld {
  const { client, events, clock } = options;
  const counted = scheduleMetrics(options.metrics);
  const observing = observingOf(options);
  return {
    observe: (key) => observeSchedule(observing, key, clock.now()),
    start: (schedule, start) =>
      startRun({ client, accept: (run) => options.applications.stores.acceptApp(run) }, schedule, start),
    end: (namespace, end) => endRun(client, namespace, end),
    writeStatus: (schedule, status) => writeStatus(options, schedule, status),
    tell: (schedule, announcement) => {
      counted.told(announcement);
      events.record(schedule, announcement);
    },
    lag: counted.lag,
  };
}

function observingOf(options: ScheduleControllerOptions): ScheduleObserving {
  const { schedules, applications, namespaces, localZone, precision } = options;
  return {
    schedule: (key: Key) => schedules.get(key),
    runsOf: (key) => applications.runsOf(key),
    hasDriver: (application) => applications.stores.pods(application).some(({ role }) => role === ROLE_DRIVER),
    standingOf: (namespace) => namespaces.standingOf(namespace),
    localZone,
    precision,
  };
}

/** Carries the resourceVersion that was read: of two controllers one gets a conflict, and looks again. */
async function writeStatus(
  { client, schedules }: Pick<ScheduleControllerOptions, 'client' | 'schedules'>,
  schedule: ScheduledSparkApplication,
  status: ScheduledSparkApplicationStatus,
): Promise<void> {
  const patch = mergeDiff(schedule.status ?? {}, status);
  if (patch === undefined) return;
  const { namespace, name, resourceVersion } = schedule.metadata;
  const body = { metadata: { resourceVersion }, status: patch };
  schedules.accept(
    await client.patch(resources.scheduledSparkApplications, { namespace, name }, body, { subresource: 'status' }),
  );
}

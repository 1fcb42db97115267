import type { ScheduledSparkApplication } from '../../api/scheduledsparkapplication.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { TimestampPrecision } from '../../spark/schedule/run-name.ts';
import { validateSchedule } from '../../spark/validation/schedule.ts';
import { namespaceOf, type Key } from '../../kube/key.ts';
import type { Standing } from '../namespaces/job-namespaces.ts';
import { isRunOf, runView } from './run-view.ts';
import type { RunView, SeenSchedule } from './seen.ts';

/** What observing a schedule needs. */
export interface ScheduleObserving {
  readonly schedule: (key: Key) => ScheduledSparkApplication | undefined;
  readonly runsOf: (key: Key) => readonly SparkApplication[];
  /** Whether an application has a driver pod, be the application still there or not. */
  readonly hasDriver: (application: Key) => boolean;
  readonly standingOf: (namespace: string) => Standing;
  readonly localZone: string;
  readonly precision: TimestampPrecision;
}

/** The schedule and its runs as the caches show them; undefined when it is gone, or not ours to look at. */
export function observeSchedule(world: ScheduleObserving, key: Key, now: number): SeenSchedule | undefined {
  const schedule = world.schedule(key);
  const standing = world.standingOf(namespaceOf(key));
  if (schedule === undefined || standing === 'Foreign') return undefined;
  const runs = world
    .runsOf(key)
    .filter((app) => isRunOf(app, schedule))
    .map(runView);
  const { localZone, precision } = world;
  return {
    ...{ now, schedule, localZone, precision },
    problems: validateSchedule(schedule).map(({ field, message }) => `${field}: ${message}`),
    runs: [...runs, ...lingering(world, schedule, runs)],
    mayStart: standing === 'Served',
  };
}

/** The last run was deleted, but its driver is not gone yet: two would overlap. */
function lingering(
  { hasDriver }: ScheduleObserving,
  { metadata, status }: ScheduledSparkApplication,
  runs: readonly RunView[],
): readonly RunView[] {
  const name = status?.lastRunName;
  if (name === undefined || runs.some((run) => run.name === name)) return [];
  if (!hasDriver(`${metadata.namespace}/${name}`)) return [];
  return [{ name, uid: '', resourceVersion: '', state: 'UNKNOWN', created: 0, finished: undefined, deleting: true }];
}

import type {
  ScheduledSparkApplication,
  ScheduledSparkApplicationStatus,
} from '../../api/scheduledsparkapplication.ts';
import type { Key } from '../../kube/key.ts';
import type { Logger } from '../../kube/log.ts';
import { done, type Reconcile } from '../../kube/reconcile.ts';
import type { Announcement } from '../sparkapplication/announcements.ts';
import { decide } from './decide.ts';
import type { RunEnd, RunStart, ScheduleDecision } from './decision.ts';
import type { Started } from './perform.ts';
import type { SeenSchedule } from './seen.ts';

/** Everything the reconciler of schedules may touch. */
export interface ScheduleWorld {
  readonly observe: (key: Key) => SeenSchedule | undefined;
  /** @throws ApiError */
  readonly start: (schedule: ScheduledSparkApplication, start: RunStart) => Promise<Started>;
  /** @throws ApiError */
  readonly end: (namespace: string, end: RunEnd) => Promise<void>;
  /** One merge patch of what differs, under the resourceVersion that was read. @throws ApiError */
  readonly writeStatus: (schedule: ScheduledSparkApplication, status: ScheduledSparkApplicationStatus) => Promise<void>;
  readonly tell: (schedule: ScheduledSparkApplication, announcement: Announcement) => void;
  /** Hears of each run that was started: how many milliseconds after it was due. */
  readonly lag: (milliseconds: number) => void;
}

/** Clocks are set: however far the next run, look at the clock again after a minute. Looking writes nothing. */
const LONGEST_SLEEP_MS = 60_000;
/** How soon to try a run again that was refused. */
const REFUSED_MS = 30_000;

/**
 * observe → decide → delete, start → one status patch. The name of a run follows from the time at which it is due, so a
 * crash between start and status finds the run again and starts no other.
 */
export const scheduleReconciler =
  (world: ScheduleWorld): Reconcile =>
  async (key, log) => {
    const seen = world.observe(key);
    if (seen === undefined || seen.schedule.metadata.deletionTimestamp !== undefined) return done;
    const { schedule } = seen;
    const decision = decide(seen);
    for (const end of decision.ends) {
      await world.end(schedule.metadata.namespace, end);
      log.info({ run: end.run.name, why: end.why }, 'Deleted a run');
    }
    const started = decision.start === undefined ? undefined : await world.start(schedule, decision.start);
    await world.writeStatus(schedule, statusAfter(decision, started));
    for (const announcement of [...decision.announcements, ...toldOf(decision, started)])
      world.tell(schedule, announcement);
    if (started?.kind === 'Started') meter(world, seen, decision.start, log);
    return { requeueAfterMs: sleepOf(decision, started, seen.now) };
  };

function statusAfter(
  { status, start }: ScheduleDecision,
  started: Started | undefined,
): ScheduledSparkApplicationStatus {
  if (start === undefined || started === undefined) return status;
  return started.kind === 'Refused' ? { ...status, reason: refusal(start, started.message) } : start.status;
}

const refusal = ({ name }: RunStart, message: string): string => `Run ${name} cannot be started: ${message}`;

function toldOf({ start, ends }: ScheduleDecision, started: Started | undefined): readonly Announcement[] {
  const replaced = ends.filter(({ why }) => why === 'Replaced').map(({ run }) => run.name);
  const replacing: readonly Announcement[] =
    replaced.length === 0
      ? []
      : [
          {
            type: 'Normal',
            reason: 'ScheduledRunReplaced',
            message: `Deleted ${replaced.join(', ')} for the next run`,
          },
        ];
  if (start === undefined || started === undefined) return replacing;
  if (started.kind === 'Refused')
    return [...replacing, { type: 'Warning', reason: 'ScheduledRunRefused', message: refusal(start, started.message) }];
  return [...replacing, { type: 'Normal', reason: 'ScheduledRunStarted', message: `Started ${start.name}` }];
}

function meter(world: ScheduleWorld, { now }: SeenSchedule, start: RunStart | undefined, log: Logger): void {
  if (start === undefined) return;
  const lagMs = start.due === undefined ? 0 : Math.max(0, now - start.due);
  log.info({ run: start.name, lagMs }, 'Started a run');
  if (start.due !== undefined) world.lag(lagMs);
}

function sleepOf({ wakeAt }: ScheduleDecision, started: Started | undefined, now: number): number | undefined {
  if (started?.kind === 'Refused') return REFUSED_MS;
  return wakeAt === undefined ? undefined : Math.min(Math.max(wakeAt - now, 0), LONGEST_SLEEP_MS);
}

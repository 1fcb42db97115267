import type { ScheduledSparkApplicationSpec } from '../../api/scheduledsparkapplication.ts';
import type { Timetable } from '../../spark/schedule/timetable.ts';

/** What the clock asks for. Times are milliseconds since 1970. */
export type Due =
  /** Nothing until `next` (undefined: never again). */
  | { readonly kind: 'Nothing'; readonly next: number | undefined }
  /** `due` is to be started; afterwards `next` is the next one. `passedOver`: an earlier one that is not made up for. */
  | { readonly kind: 'Run'; readonly due: number; readonly next: number | undefined; readonly passedOver?: number }
  /** `due` came too late to be started. */
  | { readonly kind: 'Missed'; readonly due: number; readonly next: number | undefined };

type Rules = Pick<ScheduledSparkApplicationSpec, 'startingDeadlineSeconds' | 'catchUp'>;

/** With `catchUp: None` a run may be so late: a busy or restarting controller is no absence. */
const PUNCTUAL_MS = 60_000;

/**
 * What of the times since `nextRun` is to be started now: the last one (kubeflow's behaviour), each one after the other
 * (`catchUp: All`), or none that comes late (`catchUp: None`); and none later than `startingDeadlineSeconds`.
 */
export function dueOf(table: Timetable, nextRun: number | undefined, now: number, rules: Rules): Due {
  if (nextRun === undefined || nextRun > now) return { kind: 'Nothing', next: nextRun };
  const latest = latestIn(table, nextRun, now);
  const next = table.next(latest);
  const earliest = now - patienceMs(rules);
  if (latest < earliest) return { kind: 'Missed', due: latest, next };
  if (rules.catchUp !== 'All') {
    return { kind: 'Run', due: latest, next, ...(nextRun < latest ? { passedOver: nextRun } : {}) };
  }
  const due = nextRun >= earliest ? nextRun : (table.next(earliest - 1) ?? latest);
  return { kind: 'Run', due, next: table.next(due), ...(nextRun < due ? { passedOver: nextRun } : {}) };
}

function patienceMs({ startingDeadlineSeconds, catchUp }: Rules): number {
  if (startingDeadlineSeconds !== undefined) return startingDeadlineSeconds * 1000;
  return catchUp === 'None' ? PUNCTUAL_MS : Infinity;
}

const HOUR = 3_600_000;
/** A schedule of minutes that was away for a year has half a million times: the last hour tells as much. */
const WINDOWS = [HOUR, 24 * HOUR, 32 * 24 * HOUR] as const;

/** The last due time up to now; `first` is one. */
function latestIn(table: Timetable, first: number, now: number): number {
  for (const window of WINDOWS) {
    if (now - window <= first) break;
    const due = table.next(now - window - 1);
    if (due !== undefined && due <= now) return walk(table, due, now);
  }
  return walk(table, first, now);
}

function walk(table: Timetable, from: number, now: number): number {
  let latest = from;
  for (let due = table.next(latest); due !== undefined && due <= now; due = table.next(latest)) latest = due;
  return latest;
}

import { Cron } from 'croner';
import type { ScheduleExpression } from '../validation/schedule-expression.ts';

/** When runs are due. Times are milliseconds since 1970. */
export interface Timetable {
  /** The first due time after a moment; undefined when none ever comes. */
  readonly next: (after: number) => number | undefined;
}

/** A schedule that can be read. */
export type ReadableSchedule = Exclude<ScheduleExpression, { readonly kind: 'Invalid' }>;

/**
 * The due times of a schedule in a time zone (the schedule's own prefix wins). `@every` counts from `anchor`, the creation of
 * the object, so that a restart moves nothing.
 *
 * Where clocks are put forward, a time that does not exist is due at the first moment after the gap, once. Where they are put
 * back, a run at a fixed hour is due once, the first time; one for every hour or minute is due in each hour that passes.
 */
export function timetable(schedule: ReadableSchedule, zone: string, anchor: number): Timetable {
  return schedule.kind === 'Every'
    ? every(schedule.seconds * 1000, anchor)
    : cron(schedule.pattern, schedule.timeZone ?? zone);
}

const every = (interval: number, anchor: number): Timetable => ({
  next: (after) => anchor + Math.max(1, Math.floor((after - anchor) / interval) + 1) * interval,
});

function cron(pattern: string, timezone: string): Timetable {
  const expression = new Cron(pattern, { mode: '5-part', sloppyRanges: true, paused: true, timezone });
  const runsEveryHour = anyHour(pattern);
  const wall = wallClock(timezone);
  const nextOf = (after: number): number | undefined => expression.nextRun(new Date(after))?.getTime();
  return {
    next: (after) => {
      let due = nextOf(after);
      if (runsEveryHour) return due;
      while (due !== undefined && isSecondTime(due, wall)) due = nextOf(due);
      return due;
    },
  };
}

/** Whether the hour is open: `*`, every second hour, `@hourly`. */
function anyHour(pattern: string): boolean {
  const [, hour = pattern] = pattern.trim().split(/\s+/);
  return hour.startsWith('*') || hour === '?' || hour === '@hourly';
}

/** Clocks are put back by an hour, on Lord Howe Island by half of one. */
const SET_BACK = [60, 30].map((minutes) => minutes * 60_000);

const isSecondTime = (moment: number, wall: (moment: number) => string): boolean =>
  SET_BACK.some((before) => wall(moment - before) === wall(moment));

/** What a clock on the wall shows, to the minute. */
function wallClock(timeZone: string): (moment: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit' },
  });
  return (moment) => format.format(moment);
}

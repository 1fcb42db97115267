import { ANNOTATION_RUN_NOW } from '../../api/labels.ts';
import type {
  ScheduledSparkApplication,
  ScheduledSparkApplicationStatus,
} from '../../api/scheduledsparkapplication.ts';
import { isTerminal } from '../../api/states.ts';
import { manualRunName, runName } from '../../spark/schedule/run-name.ts';
import { timetable } from '../../spark/schedule/timetable.ts';
import { parseSchedule } from '../../spark/validation/schedule-expression.ts';
import type { Announcement } from '../sparkapplication/announcements.ts';
import { millisOf, rfc3339 } from '../sparkapplication/time.ts';
import type { RunEnd, ScheduleDecision } from './decision.ts';
import { dueOf, type Due } from './due.ts';
import { historyOf } from './history.ts';
import { positionOf } from './position.ts';
import type { RunView, SeenSchedule } from './seen.ts';

type Status = ScheduledSparkApplicationStatus;

/** Pure and total: what is due now, whom the concurrency policy stops, what goes beyond the history limits. */
export function decide(seen: SeenSchedule): ScheduleDecision {
  const { schedule, runs } = seen;
  const before = schedule.status ?? {};
  const history = historyOf(runs, schedule.spec, millisOf(before.lastSuccess));
  const common: Status = {
    ...kept(before),
    ...history.status,
    ...(schedule.metadata.generation === undefined ? {} : { observedGeneration: schedule.metadata.generation }),
  };
  const told = seen.problems.length === 0 ? planned(seen, common) : invalid(seen, common);
  return { ...told, ends: [...history.ends, ...told.ends] };
}

/** What only a start changes. */
const kept = ({ lastRun, lastRunName, lastRunNow }: Status): Status => ({
  ...(lastRun === undefined ? {} : { lastRun }),
  ...(lastRunName === undefined ? {} : { lastRunName }),
  ...(lastRunNow === undefined ? {} : { lastRunNow }),
});

function invalid({ schedule, problems }: SeenSchedule, common: Status): ScheduleDecision {
  const reason = problems.join('; ');
  const isNews = schedule.status?.scheduleState !== 'FailedValidation' || schedule.status.reason !== reason;
  return {
    ends: [],
    start: undefined,
    status: { ...common, scheduleState: 'FailedValidation', reason },
    announcements: isNews ? [{ type: 'Warning', reason: 'ScheduleInvalid', message: reason }] : [],
    wakeAt: undefined,
  };
}

function planned(seen: SeenSchedule, common: Status): ScheduleDecision {
  const { schedule, now, localZone } = seen;
  const { spec, metadata } = schedule;
  const expression = parseSchedule(spec.schedule);
  // The rules have passed it.
  if (expression.kind === 'Invalid') return invalid({ ...seen, problems: [expression.message] }, common);
  const zone = spec.timeZone === undefined || spec.timeZone === '' ? localZone : spec.timeZone;
  const table = timetable(expression, zone, millisOf(metadata.creationTimestamp) ?? 0);
  const position = spec.suspend === true ? undefined : positionOf(schedule, table, now);
  const waiting: Status = { ...common, scheduleState: 'Scheduled', ...nextRun(position) };
  const token = tokenOf(schedule);
  if (!seen.mayStart) return idle(waiting, position);
  if (token !== undefined) return asked(seen, waiting, token);
  return onTime(seen, waiting, dueOf(table, position, now, spec));
}

const nextRun = (at: number | undefined): Status => (at === undefined ? {} : { nextRun: rfc3339(at) });

const idle = (status: Status, wakeAt: number | undefined): ScheduleDecision => ({
  ends: [],
  start: undefined,
  status,
  announcements: [],
  wakeAt,
});

/** The token of a run that a person asks for, until it is started. */
function tokenOf({ metadata, status }: ScheduledSparkApplication): string | undefined {
  const token = metadata.annotations?.[ANNOTATION_RUN_NOW];
  return token === undefined || token === '' || token === status?.lastRunNow ? undefined : token;
}

/** A run that a person asks for starts although the schedule is suspended; it waits where two at once are forbidden. */
function asked(seen: SeenSchedule, waiting: Status, token: string): ScheduleDecision {
  const { schedule, now } = seen;
  const blockers = blockersOf(seen);
  if (blockers.length > 0) return { ...idle(waiting, undefined), ends: replacing(seen, blockers) };
  const name = manualRunName(schedule.metadata.name, token);
  const status = { ...waiting, lastRun: rfc3339(now), lastRunName: name, lastRunNow: token };
  // At once again: a run may be due as well.
  return { ...idle(waiting, now), start: { name, due: undefined, status } };
}

function onTime(seen: SeenSchedule, waiting: Status, due: Due): ScheduleDecision {
  const { schedule, now, precision } = seen;
  if (due.kind === 'Nothing') return idle(waiting, due.next);
  const passed: Status = { ...waiting, nextRun: null, ...nextRun(due.next) };
  if (due.kind === 'Missed') return { ...idle(passed, due.next), announcements: [missed(schedule, due.due, now)] };
  const late = due.passedOver === undefined ? [] : [madeUpFor(due.passedOver, due.due)];
  const blockers = blockersOf(seen);
  if (blockers.length > 0) {
    if (policyOf(schedule) === 'Replace') return { ...idle(waiting, undefined), ends: replacing(seen, blockers) };
    // All of them means all: they wait for one another.
    if (schedule.spec.catchUp === 'All') return idle(waiting, undefined);
    return { ...idle(passed, due.next), announcements: [skipped(due.due, blockers)] };
  }
  const name = runName(schedule.metadata.name, due.due, precision);
  const status = { ...passed, lastRun: rfc3339(now), lastRunName: name };
  return { ...idle(waiting, due.next), start: { name, due: due.due, status }, announcements: late };
}

const policyOf = ({ spec }: ScheduledSparkApplication): 'Allow' | 'Forbid' | 'Replace' =>
  spec.concurrencyPolicy ?? 'Allow';

/** The runs that stand in the way of another one. */
const blockersOf = ({ schedule, runs }: SeenSchedule): readonly RunView[] =>
  policyOf(schedule) === 'Allow' ? [] : runs.filter(({ state, deleting }) => deleting || !isTerminal(state));

/** Those that are not on their way out yet. */
const replacing = ({ schedule }: SeenSchedule, blockers: readonly RunView[]): readonly RunEnd[] =>
  policyOf(schedule) === 'Replace'
    ? blockers.filter(({ deleting }) => !deleting).map((run) => ({ run, why: 'Replaced' }))
    : [];

function missed({ spec }: ScheduledSparkApplication, due: number, now: number): Announcement {
  const { startingDeadlineSeconds: deadline } = spec;
  const rule = deadline === undefined ? 'catchUp is None' : `startingDeadlineSeconds is ${deadline}`;
  const late = Math.round((now - due) / 1000);
  const message = `The run due at ${rfc3339(due)} is ${late} s late and is not started: ${rule}`;
  return { type: 'Warning', reason: 'ScheduledRunMissed', message };
}

const madeUpFor = (first: number, due: number): Announcement => ({
  type: 'Warning',
  reason: 'ScheduledRunMissed',
  message: `Runs due from ${rfc3339(first)} on were missed; the one of ${rfc3339(due)} is started`,
});

const skipped = (due: number, [blocker]: readonly RunView[]): Announcement => ({
  type: 'Warning',
  reason: 'ScheduledRunSkipped',
  message: `The run due at ${rfc3339(due)} is not started: ${blocker?.name ?? 'another'} is unfinished, and concurrencyPolicy is Forbid`,
});

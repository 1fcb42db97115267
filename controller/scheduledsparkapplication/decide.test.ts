import { describe, expect, it } from '@jest/globals';

import type {
  ScheduledSparkApplication,
  ScheduledSparkApplicationStatus,
} from '../../api/scheduledsparkapplication.ts';
import { aSchedule } from '../../test/builders.ts';
import { decide } from './decide.ts';
import type { ScheduleDecision } from './decision.ts';
import type { RunView, SeenSchedule } from './seen.ts';

const NOW = '2026-05-05T08:00:30Z';
const run = (name: string, state: RunView['state'], more: Partial<RunView> = {}): RunView => ({
  ...{ name, uid: `uid-${name}`, resourceVersion: '1', state, created: Date.parse('2026-05-05T07:00:00Z') },
  ...{ finished: state === 'COMPLETED' ? Date.parse('2026-05-05T07:10:00Z') : undefined, deleting: false },
  ...more,
});

interface Given {
  readonly spec?: Partial<ScheduledSparkApplication['spec']>;
  readonly status?: ScheduledSparkApplicationStatus;
  readonly generation?: number;
  readonly runs?: readonly RunView[];
  readonly now?: string;
  readonly token?: string;
  readonly problems?: readonly string[];
  readonly mayStart?: boolean;
}

/** Hourly at half past is the schedule unless told; the last pass planned 08:00. */
const scheduled = { scheduleState: 'Scheduled', observedGeneration: 1 } as const;
const due = { ...scheduled, nextRun: '2026-05-05T08:00:00Z' } as const;

function seen({ spec, status, generation = 1, runs = [], now = NOW, token, problems = [], mayStart = true }: Given) {
  const subject: SeenSchedule = {
    now: Date.parse(now),
    schedule: {
      apiVersion: 'sparkoperator.k8s.io/v1beta2',
      kind: 'ScheduledSparkApplication',
      metadata: {
        ...{ name: 'etl', namespace: 'team', uid: 'u', generation, creationTimestamp: '2026-05-05T06:30:00Z' },
        ...(token === undefined ? {} : { annotations: { 'sparkoperator.k8s.io/run-now': token } }),
      },
      spec: { schedule: '0 * * * *', template: aSchedule().spec.template, ...spec },
      ...(status === undefined ? {} : { status }),
    },
    ...{ problems, runs, mayStart, localZone: 'UTC', precision: 'seconds' },
  };
  return subject;
}

/** What a table says of a decision. */
const brief = ({ start, ends, status, announcements, wakeAt }: ScheduleDecision) => ({
  start: start?.name,
  next: (start?.status ?? status).nextRun ?? undefined,
  ends: ends.map((end) => `${end.why} ${end.run.name}`),
  told: announcements.map(({ reason }) => reason),
  wakeAt: wakeAt === undefined ? undefined : new Date(wakeAt).toISOString().slice(11, 16),
});

const AT_8 = 'etl-1777968000';
const AT_9 = '2026-05-05T09:00:00Z';
const nothing = { start: undefined, next: AT_9, ends: [], told: [], wakeAt: '09:00' };

const cases: Record<string, { given: Given; want: ReturnType<typeof brief> }> = {
  'a new schedule plans its first run from its creation': {
    given: { now: '2026-05-05T06:31:00Z' },
    want: { ...nothing, next: '2026-05-05T07:00:00Z', wakeAt: '07:00' },
  },
  'a new schedule whose first run passed before it was seen starts it': {
    given: { now: '2026-05-05T07:00:05Z' },
    want: { ...nothing, start: 'etl-1777964400', next: '2026-05-05T08:00:00Z', wakeAt: '08:00' },
  },
  'nothing is due': {
    given: { status: { ...scheduled, nextRun: AT_9 } },
    want: nothing,
  },
  'a run that is due starts': { given: { status: due }, want: { ...nothing, start: AT_8 } },
  'no concurrency policy means Allow': {
    given: { status: due, runs: [run('etl-1', 'RUNNING')] },
    want: { ...nothing, start: AT_8 },
  },
  'Forbid passes a run over while another is unfinished': {
    given: { status: due, spec: { concurrencyPolicy: 'Forbid' }, runs: [run('etl-1', 'RUNNING')] },
    want: { ...nothing, told: ['ScheduledRunSkipped'] },
  },
  'Forbid starts beside runs that ended': {
    given: { status: due, spec: { concurrencyPolicy: 'Forbid' }, runs: [run('etl-1', 'COMPLETED')] },
    want: { ...nothing, start: AT_8 },
  },
  'Replace deletes what is unfinished and keeps the run due': {
    given: {
      ...{ status: due, spec: { concurrencyPolicy: 'Replace' } },
      runs: [run('etl-1', 'RUNNING'), run('etl-2', 'SUBMITTED')],
    },
    want: {
      ...{ start: undefined, next: '2026-05-05T08:00:00Z', told: [], wakeAt: undefined },
      ends: ['Replaced etl-1', 'Replaced etl-2'],
    },
  },
  'Replace waits for what is on its way out': {
    given: {
      ...{ status: due, spec: { concurrencyPolicy: 'Replace' } },
      runs: [run('etl-1', 'RUNNING', { deleting: true })],
    },
    want: { start: undefined, next: '2026-05-05T08:00:00Z', told: [], wakeAt: undefined, ends: [] },
  },
  'after an absence the last missed run starts, once': {
    given: { status: { ...scheduled, nextRun: '2026-05-05T03:00:00Z' } },
    want: { ...nothing, start: AT_8, told: ['ScheduledRunMissed'] },
  },
  'catchUp None starts none that is late': {
    given: { status: due, spec: { catchUp: 'None' }, now: '2026-05-05T08:01:01Z' },
    want: { ...nothing, told: ['ScheduledRunMissed'] },
  },
  'catchUp None starts one that is punctual': {
    given: { status: due, spec: { catchUp: 'None' } },
    want: { ...nothing, start: AT_8 },
  },
  'catchUp All starts one after the other': {
    given: { status: { ...scheduled, nextRun: '2026-05-05T06:00:00Z' }, spec: { catchUp: 'All' } },
    want: { ...nothing, start: 'etl-1777960800', next: '2026-05-05T07:00:00Z', wakeAt: '07:00' },
  },
  'catchUp All with Forbid waits instead of passing over': {
    given: { status: due, spec: { catchUp: 'All', concurrencyPolicy: 'Forbid' }, runs: [run('etl-1', 'RUNNING')] },
    want: { ...nothing, next: '2026-05-05T08:00:00Z', wakeAt: undefined },
  },
  'catchUp All leaves out what is beyond the deadline': {
    given: {
      status: { ...scheduled, nextRun: '2026-05-01T06:00:00Z' },
      spec: { catchUp: 'All', startingDeadlineSeconds: 4000 },
    },
    want: {
      ...nothing,
      start: 'etl-1777964400',
      next: '2026-05-05T08:00:00Z',
      told: ['ScheduledRunMissed'],
      wakeAt: '08:00',
    },
  },
  'a run later than startingDeadlineSeconds is missed': {
    given: { status: due, spec: { startingDeadlineSeconds: 20 } },
    want: { ...nothing, told: ['ScheduledRunMissed'] },
  },
  'suspended: no run, no next run, nothing to wake for': {
    given: { status: due, spec: { suspend: true } },
    want: { ...nothing, next: undefined, wakeAt: undefined },
  },
  'resumed: plans from now on and makes up for nothing': { given: { status: scheduled }, want: nothing },
  'an edit counts at once': {
    given: { generation: 2, spec: { schedule: '*/5 * * * *' }, status: { ...scheduled, nextRun: AT_9 } },
    want: { ...nothing, next: '2026-05-05T08:05:00Z', wakeAt: '08:05' },
  },
  'an edit keeps a run that was due before it': {
    given: { generation: 2, status: due },
    want: { ...nothing, start: AT_8 },
  },
  'an edit drops a due time that is none any more': {
    given: { generation: 2, spec: { schedule: '15 * * * *' }, status: due },
    want: { ...nothing, next: '2026-05-05T08:15:00Z', wakeAt: '08:15' },
  },
  'a clock that was set back starts nothing twice': {
    given: { status: { ...scheduled, nextRun: AT_9 }, now: '2026-05-05T07:30:00Z' },
    want: nothing,
  },
  'history: the newest of each kind stays': {
    given: {
      status: { ...scheduled, nextRun: AT_9 },
      runs: [
        run('old', 'COMPLETED', { created: 1 }),
        run('new', 'COMPLETED', { created: 2 }),
        run('bad', 'FAILED', { created: 1 }),
        run('worse', 'FAILED', { created: 2 }),
        run('busy', 'RUNNING', { created: 0 }),
      ],
    },
    want: { ...nothing, ends: ['History old', 'History bad'] },
  },
  'asked for: starts at once, although suspended': {
    given: { status: scheduled, spec: { suspend: true }, token: 'a' },
    want: { ...nothing, start: 'etl-now-ca978112', next: undefined, wakeAt: '08:00' },
  },
  'asked for: the same token starts once': {
    given: { status: { ...scheduled, nextRun: AT_9, lastRunNow: 'a' }, token: 'a' },
    want: nothing,
  },
  'asked for: waits where two at once are forbidden': {
    given: {
      status: { ...scheduled, nextRun: AT_9 },
      spec: { concurrencyPolicy: 'Forbid' },
      runs: [run('etl-1', 'RUNNING')],
      token: 'a',
    },
    want: { ...nothing, wakeAt: undefined },
  },
  'invalid: says so, starts nothing': {
    given: { status: due, problems: ['spec.schedule: is nonsense'] },
    want: { ...nothing, next: undefined, told: ['ScheduleInvalid'], wakeAt: undefined },
  },
  'a namespace that is left: nothing new begins': {
    given: { status: due, mayStart: false },
    want: { ...nothing, next: '2026-05-05T08:00:00Z', wakeAt: '08:00' },
  },
};

describe('decide', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(brief(decide(seen(given)))).toEqual(want);
  });

  it('names what is kept, and the last success', () => {
    const runs = [run('a', 'COMPLETED', { created: 2 }), run('b', 'FAILED')];
    expect(decide(seen({ status: { ...scheduled, nextRun: AT_9 }, runs })).status).toEqual({
      ...{ scheduleState: 'Scheduled', observedGeneration: 1, nextRun: AT_9 },
      ...{ pastSuccessfulRunNames: ['a'], pastFailedRunNames: ['b'], lastSuccess: '2026-05-05T07:10:00Z' },
    });
  });

  it('recovers when the specification is mended', () => {
    const status = { scheduleState: 'FailedValidation', reason: 'bad', observedGeneration: 1 } as const;
    expect(decide(seen({ status, generation: 2 })).status).toEqual({
      ...scheduled,
      observedGeneration: 2,
      nextRun: AT_9,
    });
  });

  it('tells an unchanged problem once', () => {
    const status = { scheduleState: 'FailedValidation', reason: 'bad', observedGeneration: 1 } as const;
    expect(decide(seen({ status, problems: ['bad'] })).announcements).toEqual([]);
  });
});

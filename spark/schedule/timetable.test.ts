import { describe, expect, it } from '@jest/globals';

import { parseSchedule } from '../validation/schedule-expression.ts';
import { timetable, type Timetable } from './timetable.ts';

const ANCHOR = Date.parse('2026-01-01T00:00:07Z');

function tableOf(text: string, zone = 'Europe/Zurich'): Timetable {
  const schedule = parseSchedule(text);
  if (schedule.kind === 'Invalid') throw new Error(schedule.message);
  return timetable(schedule, zone, ANCHOR);
}

const following = (table: Timetable, from: string, count: number): string[] => {
  const times: string[] = [];
  let at = Date.parse(from);
  for (let i = 0; i < count; i++) {
    const next = table.next(at);
    if (next === undefined) break;
    times.push(new Date(next).toISOString().replace(':00.000Z', 'Z'));
    at = next;
  }
  return times;
};

const cases: Record<string, { given: [schedule: string, from: string, zone?: string]; want: readonly string[] }> = {
  'a time of the day in its zone, in winter and summer': {
    given: ['0 8 * * *', '2026-03-27T12:00:00Z'],
    want: ['2026-03-28T07:00Z', '2026-03-29T06:00Z'],
  },
  'the missing hour: once, at the first moment after the gap': {
    given: ['30 2 * * *', '2026-03-28T12:00:00Z'],
    want: ['2026-03-29T01:00Z', '2026-03-30T00:30Z'],
  },
  'the doubled hour at a fixed hour: once, the first time': {
    given: ['30 2 * * *', '2026-10-24T12:00:00Z'],
    want: ['2026-10-25T00:30Z', '2026-10-26T01:30Z'],
  },
  'the doubled hour in a list of hours: once, too': {
    given: ['30 2,3 * * *', '2026-10-24T12:00:00Z'],
    want: ['2026-10-25T00:30Z', '2026-10-25T02:30Z', '2026-10-26T01:30Z'],
  },
  'every hour: in both hours, an hour apart': {
    given: ['30 * * * *', '2026-10-24T23:40:00Z'],
    want: ['2026-10-25T00:30Z', '2026-10-25T01:30Z', '2026-10-25T02:30Z'],
  },
  'every minute, over the doubled hour': {
    given: ['* * * * *', '2026-10-25T00:58:00Z'],
    want: ['2026-10-25T00:59Z', '2026-10-25T01:00Z', '2026-10-25T01:01Z'],
  },
  'the zone of the schedule wins': {
    given: ['CRON_TZ=Asia/Tokyo 0 8 * * *', '2026-03-27T12:00:00Z'],
    want: ['2026-03-27T23:00Z'],
  },
  'a word': { given: ['@hourly', '2026-03-29T00:30:00Z'], want: ['2026-03-29T01:00Z', '2026-03-29T02:00Z'] },
  'days of month or of week, as cron has it': {
    given: ['0 0 1 * 1', '2026-03-28T00:00:00Z', 'UTC'],
    want: ['2026-03-30T00:00Z', '2026-04-01T00:00Z'],
  },
};

describe('timetable', () => {
  it.each(Object.entries(cases))('%s', (_name, { given: [schedule, from, zone], want }) => {
    expect(following(tableOf(schedule, zone), from, want.length)).toEqual(want);
  });

  it('counts @every from the anchor, whenever it is asked', () => {
    const { next } = tableOf('@every 90s');
    expect(next(ANCHOR)).toBe(ANCHOR + 90_000);
    expect(next(ANCHOR + 89_999)).toBe(ANCHOR + 90_000);
    expect(next(ANCHOR + 90_000)).toBe(ANCHOR + 180_000);
    expect(next(ANCHOR - 5_000_000)).toBe(ANCHOR + 90_000);
  });

  it('never answers the moment it is asked about', () => {
    const due = Date.parse('2026-05-05T08:00:00Z');
    expect(tableOf('0 8 * * *', 'UTC').next(due)).toBe(due + 86_400_000);
  });
});

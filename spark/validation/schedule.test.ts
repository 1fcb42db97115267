import { describe, expect, it } from '@jest/globals';
import type { ScheduledSparkApplicationSpec } from '../../api/scheduledsparkapplication.ts';
import { anApp, aSchedule } from '../../test/builders.ts';
import { parseSchedule } from './schedule-expression.ts';
import type { scheduleRules } from './schedule.ts';
import { validateSchedule } from './schedule.ts';
import { violationText } from './violation.ts';

const cron = (pattern: string): object => ({ kind: 'Cron', pattern });

const readable: Record<string, readonly [string, object]> = {
  'five fields': ['*/5 8-18 * * MON-FRI', cron('*/5 8-18 * * MON-FRI')],
  'a question mark': ['0 0 ? * 1', cron('0 0 ? * 1')],
  'a start and a step': ['5/15 * * * *', cron('5/15 * * * *')],
  'a word': ['@hourly', cron('@hourly')],
  'a word of robfig/cron': ['@midnight', cron('@midnight')],
  'again and again': ['@every 1h30m', { kind: 'Every', seconds: 5400 }],
  'fractions and small units': ['@every 1.5m250ms', { kind: 'Every', seconds: 90 }],
  'no faster than every second': ['@every 10ms', { kind: 'Every', seconds: 1 }],
  'a time zone': ['CRON_TZ=Asia/Tokyo 0 9 * * *', { ...cron('0 9 * * *'), timeZone: 'Asia/Tokyo' }],
  'a time zone, the short way': ['TZ=UTC @daily', { ...cron('@daily'), timeZone: 'UTC' }],
};

const unreadable: Record<string, readonly [string, string]> = {
  'no fields at all': ['', 'has not the five fields'],
  'seconds before the minutes': ['0 0 8 * * *', 'has not the five fields'],
  'a date': ['2026-01-01T00:00:00', 'has not the five fields'],
  'a minute that no hour has': ['61 * * * *', 'Invalid value for minute: 61'],
  'a day that no year has': ['0 0 31 2 *', 'a time that never comes'],
  'a word that nobody knows': ['@reboot', 'no word for a schedule'],
  'no duration': ['@every day', 'no duration such as 1h30m'],
  'a time zone that nobody knows': ['CRON_TZ=Mars/Base 0 0 * * *', 'unknown time zone "Mars/Base"'],
  'an and of both days': ['0 0 1 * +1', 'has a +'],
  'an essay': ['* '.repeat(1000), 'more than 512'],
};

describe('parseSchedule', () => {
  it.each(Object.entries(readable))('reads %s', (_name, [text, want]) => expect(parseSchedule(text)).toEqual(want));
  it.each(Object.entries(unreadable))('refuses %s', (_name, [text, want]) =>
    expect(parseSchedule(text)).toEqual({ kind: 'Invalid', message: expect.stringContaining(want) }),
  );
});

/** A specification as it comes over the wire. */
const sent = (spec: object): Partial<ScheduledSparkApplicationSpec> => spec;

const cases: Record<keyof typeof scheduleRules, readonly (readonly [object, string])[]> = {
  scheduleNameNotLabel: [],
  scheduleUnreadable: [[{ schedule: '@never' }, 'spec.schedule: "@never" is no word for a schedule']],
  timeZoneUnknown: [
    [{ timeZone: 'Zurich' }, 'spec.timeZone: "Zurich" is not a time zone: use an IANA name such as Europe/Zurich'],
  ],
  scheduleWordUnknown: [
    [{ concurrencyPolicy: 'forbid' }, 'spec.concurrencyPolicy: "forbid" is unknown: use Allow, Forbid, Replace'],
    [{ catchUp: 'Some' }, 'spec.catchUp: "Some" is unknown: use None, Last, All'],
  ],
  scheduleNumberOutOfRange: [
    [{ failedRunHistoryLimit: -1 }, 'spec.failedRunHistoryLimit: must be a whole number of at least 0'],
    [{ startingDeadlineSeconds: 0 }, 'spec.startingDeadlineSeconds: must be a whole number of at least 1'],
  ],
};

const textsOf = (spec: object): readonly string[] => validateSchedule(aSchedule(sent(spec))).map(violationText);

describe('validateSchedule', () => {
  it('finds nothing wrong with a valid schedule', () => {
    const spec = {
      timeZone: 'Europe/Zurich',
      concurrencyPolicy: 'Replace',
      successfulRunHistoryLimit: 0,
      suspend: true,
    };
    expect(textsOf(spec)).toEqual([]);
  });

  it.each(Object.entries(cases).flatMap(([rule, given]) => given.map((one) => [rule, ...one] as const)))(
    '%s %j',
    (rule, spec, want) => {
      expect(validateSchedule(aSchedule(sent(spec)))).toEqual([expect.objectContaining({ rule })]);
      expect(textsOf(spec)).toEqual([expect.stringContaining(want)]);
    },
  );

  it.each([
    ['a'.repeat(43), 0],
    ['a'.repeat(44), 1],
    ['1st', 1],
  ])('leaves room in the name %s for that of a run', (name, violations) => {
    const schedule = aSchedule();
    const found = validateSchedule({ ...schedule, metadata: { ...schedule.metadata, name } });
    expect(found.map(({ rule }) => rule)).toEqual(Array.from({ length: violations }, () => 'scheduleNameNotLabel'));
  });

  it('asks the rules of an application about the template, by its paths', () => {
    const driver = { template: { spec: { containers: [{ name: 'a', env: {} }] } } };
    expect(textsOf({ template: { ...anApp().spec, driver } })).toEqual([
      'spec.template.driver.template.spec.containers[0].env: must be a list, not an object: begin each item with a dash',
    ]);
    const volumeMounts = [{ name: 'data', mountPath: '/data' }];
    expect(textsOf({ template: { ...anApp().spec, driver: { volumeMounts } } })).toEqual([
      'spec.template.driver.volumeMounts[0].name: there is no volume "data": add it to spec.template.volumes',
    ]);
  });
});

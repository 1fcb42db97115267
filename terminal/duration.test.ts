import { describe, expect, it } from '@jest/globals';

import { age, duration, span } from './duration.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('duration', () => {
  const cases: Record<string, { given: number; want: string }> = {
    'less than a second': { given: 999, want: '0s' },
    'a clock that is ahead': { given: -5 * second, want: '0s' },
    seconds: { given: 59 * second, want: '59s' },
    'minutes with seconds': { given: 3 * minute + 12 * second, want: '3m12s' },
    'whole minutes': { given: 5 * minute, want: '5m' },
    'many minutes without seconds': { given: 12 * minute + 30 * second, want: '12m' },
    'hours with minutes': { given: 2 * hour + 5 * minute + 59 * second, want: '2h5m' },
    'days with hours': { given: 4 * day + hour, want: '4d1h' },
    'many days': { given: 400 * day + 5 * hour, want: '400d' },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(duration(given)).toBe(want);
  });
});

describe('age and span', () => {
  const now = new Date('2026-01-01T01:00:00Z');

  it('a time that was never set has none', () => {
    expect([age(undefined, now), age(null, now), age('', now), span(null, null, now)]).toEqual(['-', '-', '-', '-']);
  });

  it('a run that has not ended lasts until now', () => {
    expect(span('2026-01-01T00:00:00Z', undefined, now)).toBe('1h');
    expect(span('2026-01-01T00:00:00Z', '2026-01-01T00:10:00Z', now)).toBe('10m');
    expect(age('2026-01-01T00:59:00Z', now)).toBe('1m');
  });
});

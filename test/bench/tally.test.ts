import { describe, expect, it } from '@jest/globals';
import { tally, type Sighting } from './tally.ts';

const application = (uid: string, at: number): Sighting => ({ kind: 'application', uid, name: uid, at });
const driver = (uid: string, applicationUid: string, at: number, attempt = 's1'): Sighting => ({
  kind: 'driver',
  uid,
  applicationUid,
  attempt,
  at,
});

const cases: Record<string, { given: Sighting[]; want: { lost: number; doubled: number; drivers: number } }> = {
  'one driver for each application is neither lost nor doubled': {
    given: [application('a', 0), driver('d', 'a', 10)],
    want: { lost: 0, doubled: 0, drivers: 1 },
  },
  'an application without a driver is lost': {
    given: [application('a', 0), application('b', 0), driver('d', 'a', 10)],
    want: { lost: 1, doubled: 0, drivers: 1 },
  },
  'two driver pods of one attempt are one too many': {
    given: [application('a', 0), driver('d', 'a', 10), driver('e', 'a', 20)],
    want: { lost: 0, doubled: 1, drivers: 2 },
  },
  'a driver of a later attempt is no double': {
    given: [application('a', 0), driver('d', 'a', 10), driver('e', 'a', 20, 's2')],
    want: { lost: 0, doubled: 0, drivers: 2 },
  },
  'the same pod seen twice counts once': {
    given: [application('a', 0), driver('d', 'a', 10), driver('d', 'a', 12)],
    want: { lost: 0, doubled: 0, drivers: 1 },
  },
};

describe('tally', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(tally(given)).toMatchObject(want);
  });

  it('measures from the application to its first driver pod', () => {
    const seen = tally([application('a', 100), application('b', 200), driver('d', 'a', 130), driver('e', 'b', 300)]);
    expect(seen.createToDriverPodMs).toEqual({ p50: 30, p90: 100, p99: 100, max: 100 });
    expect(seen.appsPerSecond).toBe(10);
  });
});

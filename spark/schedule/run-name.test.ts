import { describe, expect, it } from '@jest/globals';

import { manualRunName, runName, type TimestampPrecision } from './run-name.ts';

const DUE = Date.parse('2026-05-05T08:00:00Z');

const cases: Record<TimestampPrecision, string> = {
  nanos: 'nightly-1777968000000000000',
  micros: 'nightly-1777968000000000',
  millis: 'nightly-1777968000000',
  seconds: 'nightly-1777968000',
  minutes: 'nightly-29632800',
};

describe('runName', () => {
  it.each(Object.entries(cases))('%s', (precision, want) => {
    // The keys of the table are precisions.
    expect(runName('nightly', DUE, precision as TimestampPrecision)).toBe(want);
  });
});

describe('manualRunName', () => {
  it('is the same for the same token only', () => {
    expect(manualRunName('nightly', 'a')).toBe(manualRunName('nightly', 'a'));
    expect(manualRunName('nightly', 'a')).not.toBe(manualRunName('nightly', 'b'));
    expect(manualRunName('nightly', 'a')).toMatch(/^nightly-now-[0-9a-f]{8}$/);
  });
});

import { describe, expect, it } from '@jest/globals';
import { tokenBucket } from './token-bucket.ts';

describe('a token bucket', () => {
  const cases: Record<string, { given: readonly number[]; want: readonly number[] }> = {
    'lets the burst through at once, the rest at the rate': { given: [0, 0, 0, 0, 0], want: [0, 0, 0, 100, 200] },
    'fills up again with time': { given: [0, 0, 0, 200, 200, 200], want: [0, 0, 0, 0, 0, 100] },
    'holds no more than the burst': { given: [0, 1e6, 1e6, 1e6, 1e6], want: [0, 0, 0, 0, 100] },
  };
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const bucket = tokenBucket(10, 3);
    expect(given.map((now) => Math.round(bucket.reserve(now)))).toEqual(want);
  });
});

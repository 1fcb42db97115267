import { describe, expect, it } from '@jest/globals';
import { ApiError, type ApiFailure } from './errors.ts';
import { retryDelayMs } from './retry.ts';
import type { Method } from './transport.ts';

interface Case {
  readonly given: { readonly method: Method; readonly failure: Partial<ApiFailure>; readonly attempt?: number };
  /** Milliseconds; undefined = must not be repeated. */
  readonly want: number | undefined;
}

const cases: Record<string, Case> = {
  'a read after 500': { given: { method: 'GET', failure: { status: 500 } }, want: 50 },
  'a read after a broken connection': {
    given: { method: 'GET', failure: { status: 0, reason: 'ConnectionLost' } },
    want: 50,
  },
  'a read after 404 is not': { given: { method: 'GET', failure: { status: 404 } }, want: undefined },
  'a write after 429': { given: { method: 'POST', failure: { status: 429 } }, want: 50 },
  'a write that was never sent': {
    given: { method: 'PATCH', failure: { status: 0, reason: 'Unreachable' } },
    want: 50,
  },
  'a write after a broken connection is not': {
    given: { method: 'POST', failure: { status: 0, reason: 'ConnectionLost' } },
    want: undefined,
  },
  'a write after a time-out is not': {
    given: { method: 'DELETE', failure: { status: 0, reason: 'Timeout' } },
    want: undefined,
  },
  'a write after 503 is not, even with Retry-After': {
    given: { method: 'PATCH', failure: { status: 503, retryAfterMs: 1000 } },
    want: undefined,
  },
  'the wait doubles': { given: { method: 'GET', failure: { status: 500 }, attempt: 3 }, want: 200 },
  'the wait is bounded': { given: { method: 'GET', failure: { status: 500 }, attempt: 20 }, want: 2500 },
  'Retry-After is kept to': { given: { method: 'POST', failure: { status: 429, retryAfterMs: 2000 } }, want: 2000 },
  'a Retry-After too long for a worker is left to the caller': {
    given: { method: 'POST', failure: { status: 429, retryAfterMs: 60_000 } },
    want: undefined,
  },
};

describe('a repeat', () => {
  it.each(Object.entries(cases))('%s', (_name, { given: { method, failure, attempt = 1 }, want }) => {
    const error = new ApiError({ status: 0, reason: 'Unknown', message: 'failed', ...failure });
    expect(retryDelayMs({ method, error, attempt, random: 0 })).toBe(want);
  });
});

import { describe, expect, it } from '@jest/globals';

import { type FailedTry, retryDelayMs } from './retry.ts';

const failed: FailedTry = {
  method: 'GET',
  status: 503,
  unsent: false,
  lasting: false,
  tries: 1,
  elapsedMs: 0,
  budgetMs: 90_000,
  retryAfter: undefined,
  random: 1,
  now: new Date('2026-01-01T00:00:00Z'),
};

describe('retryDelayMs', () => {
  const cases: Record<string, { given: Partial<FailedTry>; want: number | undefined }> = {
    'a read after 503': { given: {}, want: 500 },
    'the fourth wait is longer': { given: { tries: 4 }, want: 4000 },
    'chance shortens by at most half': { given: { tries: 4, random: 0 }, want: 2000 },
    'the fifth try is the last': { given: { tries: 5 }, want: undefined },
    'no more when the time is used up': { given: { elapsedMs: 90_000 }, want: undefined },
    'a read without an answer': { given: { status: 0 }, want: 500 },
    'a failure that lasts': { given: { status: 0, lasting: true }, want: undefined },
    "Magnum's 500 while its conductor is away": { given: { status: 500 }, want: 500 },
    '501 is no passing failure': { given: { status: 501 }, want: undefined },
    '404 is an answer': { given: { status: 404 }, want: undefined },
    'DELETE and PUT may be repeated': { given: { method: 'DELETE' }, want: 500 },
    'POST after 503 may have been done': { given: { method: 'POST' }, want: undefined },
    'POST whose answer was lost may have been done': { given: { method: 'POST', status: 0 }, want: undefined },
    'POST that was never sent': { given: { method: 'POST', status: 0, unsent: true }, want: 500 },
    'POST that came too fast was not done': { given: { method: 'POST', status: 429 }, want: 500 },
    'PATCH is as POST': { given: { method: 'PATCH' }, want: undefined },
    'the server says how long, in seconds': { given: { retryAfter: '7', random: 0 }, want: 7000 },
    'the server says how long, as a date': {
      given: { retryAfter: 'Thu, 01 Jan 2026 00:00:03 GMT', random: 0 },
      want: 3000,
    },
    'the server asks for an hour': { given: { retryAfter: '3600' }, want: undefined },
    'a Retry-After that says nothing': { given: { retryAfter: 'soon' }, want: 500 },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(retryDelayMs({ ...failed, ...given })).toBe(want);
  });
});

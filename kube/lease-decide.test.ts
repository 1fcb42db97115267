import { describe, expect, it } from '@jest/globals';
import {
  decideLease,
  decideRenewal,
  type LeaseDecision,
  type LeaseSeen,
  type RenewalDecision,
  type RenewalSeen,
} from './lease-decide.ts';

const held = { holder: 'other', durationMs: 15_000, transitions: 3 };
const seen: LeaseSeen = { identity: 'me', lease: held, unchangedForMs: 0, retryPeriodMs: 2000 };

const contending: Record<string, { given: Partial<LeaseSeen>; want: LeaseDecision }> = {
  'a lease that does not exist is created': { given: { lease: undefined }, want: { kind: 'create' } },
  'a fresh lease of another is left alone': { given: {}, want: { kind: 'wait', ms: 2000 } },
  'one that is about to run out is looked at just then': {
    given: { unchangedForMs: 14_500 },
    want: { kind: 'wait', ms: 500 },
  },
  'one that has not been renewed for its duration is taken': {
    given: { unchangedForMs: 15_000 },
    want: { kind: 'take', transitions: 4 },
  },
  'a released lease is taken at once': {
    given: { lease: { ...held, holder: '' } },
    want: { kind: 'take', transitions: 4 },
  },
  'a lease that nobody ever held is taken at once': {
    given: { lease: { ...held, holder: undefined } },
    want: { kind: 'take', transitions: 4 },
  },
  'our own lease of an earlier life is renewed': {
    given: { lease: { ...held, holder: 'me' } },
    want: { kind: 'renew' },
  },
};

describe('a candidate', () => {
  it.each(Object.entries(contending))('%s', (_name, { given, want }) => {
    expect(decideLease({ ...seen, ...given })).toEqual(want);
  });
});

const holding: RenewalSeen = {
  sinceRenewalMs: 0,
  lastTryFailed: false,
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2000,
};

const renewing: Record<string, { given: Partial<RenewalSeen>; want: RenewalDecision }> = {
  'a third of the lease passes before the next renewal': {
    given: {},
    want: { kind: 'renewIn', ms: 5000, deadlineInMs: 10_000 },
  },
  'a failed renewal is repeated soon': {
    given: { sinceRenewalMs: 5500, lastTryFailed: true },
    want: { kind: 'renewIn', ms: 2000, deadlineInMs: 4500 },
  },
  'the last try does not come after the deadline': {
    given: { sinceRenewalMs: 9000, lastTryFailed: true },
    want: { kind: 'renewIn', ms: 1000, deadlineInMs: 1000 },
  },
  'at the deadline leadership is lost': {
    given: { sinceRenewalMs: 10_000, lastTryFailed: true },
    want: { kind: 'lost' },
  },
  'a process that was stopped for long has lost it, too': {
    given: { sinceRenewalMs: 60_000 },
    want: { kind: 'lost' },
  },
};

describe('the holder', () => {
  it.each(Object.entries(renewing))('%s', (_name, { given, want }) => {
    expect(decideRenewal({ ...holding, ...given })).toEqual(want);
  });
});

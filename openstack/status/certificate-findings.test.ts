import { describe, expect, it } from '@jest/globals';

import { credentialFinding, type CredentialFacts } from './certificate-findings.ts';

const now = new Date('2026-11-22T20:00:00Z');

const judged = (over: Partial<CredentialFacts>, isToken = false) =>
  credentialFinding(
    { context: 'demo-north', file: '/k', expiresAt: '2031-11-21T20:00:00.000Z', authorityKnown: true, ...over },
    { cluster: 'demo', now, isToken },
  );

describe('credentials of a kubeconfig', () => {
  const cases: Record<string, { given: ReturnType<typeof judged>; want: object }> = {
    'last for years': {
      given: judged({}),
      want: { level: 'ok', said: 'demo-north: 1825 days left, until 2031-11-21' },
    },
    'last for thirty days': { given: judged({ expiresAt: '2026-12-22T20:00:00.000Z' }), want: { level: 'ok' } },
    'end within thirty days': {
      given: judged({ expiresAt: '2026-12-22T19:59:59.000Z' }),
      want: { level: 'warning', remedy: 'opsparkctl kubeconfig demo --renew --output /k' },
    },
    'have ended': {
      given: judged({ expiresAt: '2026-11-22T19:00:00.000Z' }),
      want: { level: 'problem', said: 'demo-north: expired on 2026-11-22' },
    },
    'are of an authority that was rotated': {
      given: judged({ authorityKnown: false }),
      want: { level: 'problem', said: expect.stringContaining('rotated') },
    },
    'may be of an authority that Magnum does not tell': {
      given: judged({ authorityKnown: null }),
      want: { level: 'ok' },
    },
    'are tokens, which are short-lived': {
      given: judged({ expiresAt: '2026-11-23T20:30:00.000Z' }, true),
      want: { check: 'token', level: 'ok', said: 'demo-north: 1d left, until 2026-11-23' },
    },
    'end within a day': {
      given: judged({ expiresAt: '2026-11-23T19:30:00.000Z' }),
      want: { check: 'certificate', level: 'warning', said: 'demo-north: 0 days left, until 2026-11-23' },
    },
    'are got anew each time': { given: judged({ expiresAt: null }), want: { level: 'ok' } },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(given).toMatchObject(want);
  });
});

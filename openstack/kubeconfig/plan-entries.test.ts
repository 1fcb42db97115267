import { describe, expect, it } from '@jest/globals';

import { aCertificate, anAuthority, DAY_MS, NOW_MS } from '../../test/certificates.ts';
import { planEntries, type PlanFacts } from './plan-entries.ts';
import type { StoredEntry, StoredUser } from './stored-entries.ts';

const authority = anAuthority();
const other = anAuthority({ which: 1 });
const account = { namespace: 'team-a', name: 'alice' };
const token: StoredUser = { kind: 'token', account, expiresAt: undefined };

const certificate = (lifeMs: number): StoredUser => ({
  kind: 'certificate',
  certPem: aCertificate({ authority, lifeMs }),
});

const entry = (over: Partial<StoredEntry> = {}): StoredEntry => ({
  context: 'demo-north',
  cluster: 'demo-north',
  namespace: undefined,
  server: 'https://192.0.2.7:6443',
  proxyUrl: undefined,
  caPem: authority.certificatePem,
  origin: { cluster: 'demo', uuid: 'u-1', region: 'north' },
  user: certificate(900 * DAY_MS),
  ...over,
});

const facts = (over: Partial<PlanFacts>): PlanFacts => ({
  stored: [],
  user: undefined,
  renew: false,
  uuid: 'u-1',
  authorityPem: authority.certificatePem,
  server: 'https://192.0.2.7:6443',
  proxyUrl: undefined,
  nowMs: NOW_MS,
  ...over,
});

const admin = { kind: 'admin' } as const;
const alice = { kind: 'account', account } as const;

describe('what is made and what is kept', () => {
  const cases: Record<string, { given: Partial<PlanFacts>; want: object[] }> = {
    'the administrator, where nothing is': { given: {}, want: [{ action: 'make', choice: admin, why: undefined }] },
    'a certificate that is good is kept': {
      given: { stored: [entry()] },
      want: [{ action: 'keep', choice: admin, context: 'demo-north' }],
    },
    'not when it shall be renewed': {
      given: { stored: [entry()], renew: true },
      want: [{ action: 'make', choice: admin, why: undefined }],
    },
    'not when it ends within thirty days': {
      given: { stored: [entry({ user: certificate(29 * DAY_MS) })] },
      want: [{ action: 'make', why: 'its certificate ends, or has ended' }],
    },
    'not when the authority was rotated': {
      given: { stored: [entry()], authorityPem: other.certificatePem },
      want: [{ action: 'make', why: "the cluster's authority was rotated" }],
    },
    'not when it was for another cluster of this name': {
      given: { stored: [entry()], uuid: 'u-2' },
      want: [{ action: 'make', why: 'it was for another cluster of this name' }],
    },
    'not when the server has moved': {
      given: { stored: [entry()], server: 'https://192.0.2.8:6443' },
      want: [{ action: 'make', why: 'the address of the API server is another one' }],
    },
    'not when the proxy is another': {
      given: { stored: [entry()], proxyUrl: 'socks5://b:1' },
      want: [{ action: 'make', why: 'the proxy is another one' }],
    },
    'a token is always made': {
      given: { stored: [entry({ user: token })], user: alice },
      want: [{ action: 'make', choice: alice, why: undefined }],
    },
    'another user is made beside the one that is there': {
      given: { stored: [entry()], user: alice },
      want: [{ action: 'make', choice: alice }],
    },
    'a renewal without a user renews all that are there': {
      given: { stored: [entry(), entry({ context: 'a', user: token })], renew: true },
      want: [
        { action: 'make', choice: admin },
        { action: 'make', choice: alice },
      ],
    },
    'a renewal where nothing is makes the administrator': {
      given: { renew: true },
      want: [{ action: 'make', choice: admin }],
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(planEntries(facts(given))).toEqual(want.map((one) => expect.objectContaining(one)));
  });
});

import { describe, expect, it } from '@jest/globals';

import { ApiError } from '../../kube/errors.ts';
import { connectionTrouble } from './connection-trouble.ts';
import { explainAccess, type AccessFacts } from './explain-access.ts';
import type { StoredUser } from './stored-entries.ts';

const noAnswer = (code: string): ApiError =>
  new ApiError({
    status: 0,
    reason: 'Unreachable',
    message: `get version: cannot reach the API server (${code})`,
    cause: Object.assign(new Error(code), { code }),
  });

describe('what the failure of a first request means', () => {
  const cases: Record<string, { given: unknown; want: string | undefined }> = {
    'an unknown authority': { given: noAnswer('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), want: 'trust' },
    'an authority of the same name': { given: noAnswer('CERT_SIGNATURE_FAILURE'), want: 'trust' },
    'another host in the certificate': { given: noAnswer('ERR_TLS_CERT_ALTNAME_INVALID'), want: 'trust' },
    'a server that refuses our certificate': { given: noAnswer('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'), want: 'trust' },
    'no route': { given: noAnswer('ECONNREFUSED'), want: 'unreachable' },
    'no credentials': {
      given: new ApiError({ status: 401, reason: 'Unauthorized', message: '' }),
      want: 'credentials',
    },
    'no right': { given: new ApiError({ status: 403, reason: 'Forbidden', message: '' }), want: undefined },
    'a bug': { given: new TypeError('x'), want: undefined },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(connectionTrouble(given)).toBe(want);
  });
});

const now = new Date('2026-11-22T20:00:00Z');
const ended = new Date('2026-11-21T08:30:00Z');

const facts = (over: Partial<AccessFacts>, user: StoredUser = { kind: 'other' }): AccessFacts => ({
  trouble: 'trust',
  error: new Error('self-signed certificate'),
  server: 'https://192.0.2.7:6443',
  chosen: {
    file: '/k',
    entry: {
      context: 'demo-north',
      cluster: 'demo-north',
      namespace: undefined,
      server: 'https://192.0.2.7:6443',
      proxyUrl: undefined,
      caPem: 'CA',
      origin: { cluster: 'demo', uuid: 'u-1', region: 'north' },
      user,
    },
  },
  rotated: undefined,
  now,
  ...over,
});

describe('an API server that cannot be used', () => {
  const renew = 'opsparkctl kubeconfig demo --renew';
  const token: StoredUser = { kind: 'token', account: undefined, expiresAt: ended };
  const cases: Record<string, { given: AccessFacts; want: { exitCode: number; message: string[] } }> = {
    'the authority was rotated': {
      given: facts({ rotated: true }),
      want: { exitCode: 9, message: ['was rotated', renew] },
    },
    'the authority may have been rotated': {
      given: facts({}),
      want: { exitCode: 9, message: ['self-signed certificate', 'If the cluster', renew] },
    },
    'something else answers': {
      given: facts({ rotated: false }),
      want: { exitCode: 9, message: ['not the cluster', 'proxy in between?'] },
    },
    'nothing answers': {
      given: facts({ trouble: 'unreachable', error: new Error('connect ETIMEDOUT') }),
      want: { exitCode: 9, message: ['cannot be reached: connect ETIMEDOUT', 'https://192.0.2.7:6443'] },
    },
    'the token ended': {
      given: facts({ trouble: 'credentials' }, token),
      want: { exitCode: 3, message: ['expired on 2026-11-21 08:30 UTC', renew] },
    },
    'a valid token is refused': {
      given: facts({ trouble: 'credentials' }, { ...token, expiresAt: undefined }),
      want: { exitCode: 3, message: ['does not accept', renew] },
    },
    'the context is not ours': {
      given: facts({ trouble: 'credentials', chosen: undefined }),
      want: { exitCode: 3, message: ['opsparkctl kubeconfig NAME --renew'] },
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const error = explainAccess(given);
    expect(error.exitCode).toBe(want.exitCode);
    for (const part of want.message) expect(error.message).toContain(part);
  });
});

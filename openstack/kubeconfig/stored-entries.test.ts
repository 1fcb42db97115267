import { describe, expect, it } from '@jest/globals';

import type { KubeconfigEntry } from './entry.ts';
import { mergeEntry } from './merge-entry.ts';
import { currentContext, storedEntries } from './stored-entries.ts';

const origin = { cluster: 'demo', uuid: 'u-1', region: 'north' };
const place = { server: 'https://x', caPem: 'CA', origin };
const jwt = (claims: object): string => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

const stored = (entry: KubeconfigEntry) => storedEntries(mergeEntry('', entry, true))[0];

describe('an entry that we wrote', () => {
  it("is an administrator's with its certificate, and knows its Magnum cluster", () => {
    expect(stored({ ...place, name: 'demo-north', certPem: 'CERT', keyPem: 'KEY', proxyUrl: 'http://p' })).toEqual({
      context: 'demo-north',
      cluster: 'demo-north',
      namespace: undefined,
      server: 'https://x',
      proxyUrl: 'http://p',
      caPem: 'CA',
      origin,
      user: { kind: 'certificate', certPem: 'CERT' },
    });
  });

  const users: Record<string, { given: string; want: object }> = {
    "a service account's": {
      given: jwt({ sub: 'system:serviceaccount:team-a:alice', exp: 1_800_000_000 }),
      want: { kind: 'token', account: { namespace: 'team-a', name: 'alice' }, expiresAt: new Date(1_800_000_000_000) },
    },
    "somebody else's": { given: jwt({ sub: 'eva' }), want: { kind: 'token' } },
    'no JWT': { given: 'opaque', want: { kind: 'token' } },
  };

  it.each(Object.entries(users))('has a token that is %s', (_name, { given, want }) => {
    const entry = stored({ ...place, name: 'a', cluster: 'demo-north', namespace: 'team-a', token: given });
    expect(entry).toMatchObject({ context: 'a', cluster: 'demo-north', namespace: 'team-a' });
    expect(entry?.user).toEqual({ account: undefined, expiresAt: undefined, ...want });
  });

  it('is a plug-in', () => {
    const plugin = { command: 'client-keystone-auth', args: [], installHint: '' };
    expect(stored({ ...place, name: 'a', plugin })?.user).toEqual({ kind: 'plugin', command: 'client-keystone-auth' });
  });
});

describe("a foreign program's kubeconfig", () => {
  it('is read as far as it can be', () => {
    const text = 'contexts:\n- name: a\n  context: {cluster: c, user: u}\n- name: b\nusers: nonsense\nclusters: ~\n';
    expect(storedEntries(text).map(({ context, user, origin: from }) => [context, user.kind, from])).toEqual([
      ['a', 'other', undefined],
      ['b', 'other', undefined],
    ]);
    expect(currentContext(text)).toBe('');
    expect(currentContext('current-context: a')).toBe('a');
    expect(storedEntries('')).toEqual([]);
  });
});

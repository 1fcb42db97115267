import { describe, expect, it } from '@jest/globals';

import { chooseContext } from './choose-context.ts';
import type { FoundContext } from './known-contexts.ts';
import type { StoredUser } from './stored-entries.ts';

const certificate: StoredUser = { kind: 'certificate', certPem: '' };
const token: StoredUser = { kind: 'token', account: undefined, expiresAt: undefined };

const found = (
  context: string,
  origin: FoundContext['entry']['origin'],
  user: StoredUser = certificate,
): FoundContext => ({
  file: '/k',
  entry: {
    context,
    cluster: context,
    namespace: undefined,
    server: '',
    proxyUrl: undefined,
    caPem: undefined,
    origin,
    user,
  },
});

const north = found('demo-north', { cluster: 'demo', uuid: 'u-1', region: 'north' });
const south = found('demo-south', { cluster: 'demo', uuid: 'u-2', region: 'south' });
const alice = found('demo-north-team-a-alice', { cluster: 'demo', uuid: 'u-1', region: 'north' }, token);
const foreign = found('demo', undefined);

describe('the context of a cluster', () => {
  const cases: Record<string, { given: Parameters<typeof chooseContext>; want: string }> = {
    'is found by its name': { given: [[foreign, north], { cluster: 'demo' }], want: 'demo-north' },
    'is found by its UUID': { given: [[north, south], { cluster: 'u-2' }], want: 'demo-south' },
    'is found by name and region': {
      given: [[north, south], { cluster: 'demo', region: 'south' }],
      want: 'demo-south',
    },
    "is the administrator's": { given: [[alice, north], { cluster: 'demo' }], want: 'demo-north' },
    'is that of a service account when there is no other': {
      given: [[alice], { cluster: 'demo' }],
      want: alice.entry.context,
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(chooseContext(...given).entry.context).toBe(want);
  });

  const failures: Record<
    string,
    { given: Parameters<typeof chooseContext>; want: { exitCode: number; message: string } }
  > = {
    'is not that of another program': {
      given: [[foreign], { cluster: 'demo' }],
      want: { exitCode: 5, message: '"opsparkctl kubeconfig demo"' },
    },
    'is suggested for a slip of the finger': {
      given: [[north], { cluster: 'dmo' }],
      want: { exitCode: 5, message: 'Is it "demo"?' },
    },
    'must be one': {
      given: [[north, south], { cluster: 'demo' }],
      want: { exitCode: 6, message: '--context demo-north or demo-south' },
    },
  };

  it.each(Object.entries(failures))('%s', (_name, { given, want }) => {
    expect(() => chooseContext(...given)).toThrow(
      expect.objectContaining({ exitCode: want.exitCode, message: expect.stringContaining(want.message) }),
    );
  });
});

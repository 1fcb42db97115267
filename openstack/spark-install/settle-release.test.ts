import { describe, expect, it } from '@jest/globals';

import type { Release } from './helm.ts';
import { settling, type Settling } from './settle-release.ts';

const now = new Date('2026-01-01T00:01:00Z');

const release = (status: string, ageSeconds: number): Release => ({
  revision: 3,
  status,
  lastDeployed: new Date(now.getTime() - ageSeconds * 1000),
  values: {},
  manifest: '',
});

const cases: Record<string, { given: [Release | undefined, readonly number[]]; want: Settling }> = {
  'nothing there: install': { given: [undefined, []], want: { kind: 'ready' } },
  'deployed: upgrade': { given: [release('deployed', 1), [3]], want: { kind: 'ready' } },
  'failed: upgrade': { given: [release('failed', 1), []], want: { kind: 'ready' } },
  'an installation that just began: wait': { given: [release('pending-install', 200), []], want: { kind: 'wait' } },
  'an installation that was killed: remove': { given: [release('pending-install', 600), []], want: { kind: 'remove' } },
  'an upgrade that was killed: go back': {
    given: [release('pending-upgrade', 600), [1, 2]],
    want: { kind: 'rollback', revision: 2 },
  },
  'a rollback that was killed: go back': {
    given: [release('pending-rollback', 600), [1]],
    want: { kind: 'rollback', revision: 1 },
  },
  'an uninstallation that was killed: finish it': {
    given: [release('uninstalling', 600), [1, 2]],
    want: { kind: 'remove' },
  },
};

describe('settling', () => {
  it('does not wait for a run of ours that ended without a word', () => {
    const turn = { inherited: true, now };
    expect(settling(release('pending-install', 1), [], turn)).toEqual({ kind: 'remove' });
    expect(settling(release('pending-upgrade', 1), [1], turn)).toEqual({ kind: 'rollback', revision: 1 });
    expect(settling(release('deployed', 1), [1], turn)).toEqual({ kind: 'ready' });
  });

  it.each(Object.entries(cases))('%s', (_name, { given: [seen, good], want }) => {
    expect(settling(seen, good, { inherited: false, now })).toEqual(want);
  });
});

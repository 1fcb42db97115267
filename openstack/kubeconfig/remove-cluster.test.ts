import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import type { KubeconfigEntry } from './entry.ts';
import { mergeEntry } from './merge-entry.ts';
import { withoutCluster } from './remove-cluster.ts';

const foreign = `apiVersion: v1
kind: Config
clusters:
  - name: other # the other team's
    cluster:
      server: https://other
contexts:
  - name: other
    context:
      cluster: other
      user: eva
users:
  - name: eva
    user:
      password: 0777
current-context: other
`;

const place = { server: 'https://x', caPem: 'CA' };
const entries: readonly KubeconfigEntry[] = [
  { ...place, name: 'demo-north', certPem: 'C', keyPem: 'K' },
  { ...place, name: 'demo-north-team-a-alice', cluster: 'demo-north', token: 'T' },
];
const merged = entries.reduce((text, entry) => mergeEntry(text, entry, true), foreign);

describe('a kubeconfig without a cluster', () => {
  it('has lost its contexts and users, and no others', () => {
    expect(withoutCluster(merged, 'demo-north')).toBe(foreign.replace('current-context: other', 'current-context: ""'));
  });

  it('keeps the current context of another cluster', () => {
    const text = merged.replace(/current-context: .*/, 'current-context: other');
    expect(withoutCluster(text, 'demo-north')).toBe(foreign);
  });

  it('keeps a user that another context has', () => {
    const shared = merged.replace('user: eva', 'user: "demo-north"');
    expect(parse(withoutCluster(shared, 'demo-north'))).toMatchObject({
      users: [{ name: 'eva' }, { name: 'demo-north' }],
    });
  });

  it('is unchanged when the cluster is not in it', () => {
    expect(withoutCluster(foreign, 'demo-north')).toBe(foreign);
    expect(withoutCluster('', 'demo-north')).toBe('');
  });
});

import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import type { KubeconfigEntry } from './entry.ts';
import { mergeEntry } from './merge-entry.ts';

const admin: KubeconfigEntry = {
  name: 'demo-north',
  server: 'https://192.0.2.7:6443',
  caPem: 'CA',
  certPem: 'CERT',
  keyPem: 'KEY',
};
const alice: KubeconfigEntry = {
  name: 'demo-north-team-a-alice',
  cluster: 'demo-north',
  namespace: 'on',
  server: 'https://192.0.2.7:6443',
  caPem: 'CA',
  token: 'TOKEN',
};

const adminText = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [
    { name: 'demo-north', cluster: { 'certificate-authority-data': 'Q0E=', server: 'https://192.0.2.7:6443' } },
  ],
  contexts: [{ name: 'demo-north', context: { cluster: 'demo-north', user: 'demo-north' } }],
  users: [{ name: 'demo-north', user: { 'client-certificate-data': 'Q0VSVA==', 'client-key-data': 'S0VZ' } }],
  'current-context': 'demo-north',
};

/** As another program wrote it: comments, unknown keys, scalars that YAML reads in several ways. */
const foreign = `apiVersion: v1
kind: Config
# of the other team
clusters:
- name: other
  cluster:
    server: https://other # behind the wall
    insecure-skip-tls-verify: true
contexts:
- name: other
  context: {cluster: other, user: "0123"}
users:
- name: "0123"
  user:
    username: eva
    password: 0777
    x-unknown: [yes, no]
current-context: other
preferences: {}
extensions:
- name: vendor
  extension: {a: 1.10}
`;

describe('an entry in an empty kubeconfig', () => {
  it('is all there is, and current', () => {
    expect(parse(mergeEntry('', admin, false))).toEqual(adminText);
  });

  it('may be a plug-in', () => {
    const plugin = { command: 'client-keystone-auth', args: ['--keystone-url=https://k'], installHint: 'get it' };
    const { caPem, server } = admin;
    const text = mergeEntry('', { name: 'p', caPem, server, plugin }, false);
    expect(parse(text)).toMatchObject({
      users: [{ name: 'p', user: { exec: { ...plugin, apiVersion: 'client.authentication.k8s.io/v1beta1' } } }],
    });
  });

  it('may go through a proxy', () => {
    const text = mergeEntry('', { ...admin, proxyUrl: 'socks5://bastion:1080' }, false);
    expect(parse(text)).toMatchObject({ clusters: [{ cluster: { 'proxy-url': 'socks5://bastion:1080' } }] });
  });

  it.each(['clusters:\n', 'clusters: null\nusers: ~\n', 'kind: Config\n'])('%j is one', (text) => {
    expect(parse(mergeEntry(text, admin, false))).toMatchObject({ clusters: adminText.clusters });
  });
});

describe('an entry beside foreign ones', () => {
  const merged = mergeEntry(foreign, admin, false);

  it('leaves them as they were written', () => {
    for (const kept of ['# of the other team', 'https://other # behind the wall', 'insecure-skip-tls-verify: true'])
      expect(merged).toContain(kept);
    for (const kept of ['password: 0777', '"0123"', 'a: 1.10', 'x-unknown: [ yes, no ]', 'preferences: {}'])
      expect(merged).toContain(kept);
  });

  it('leaves the current context, unless told otherwise', () => {
    expect(parse(merged)).toMatchObject({ 'current-context': 'other' });
    expect(parse(mergeEntry(foreign, admin, true))).toMatchObject({ 'current-context': 'demo-north' });
  });

  it('shares the cluster with another user of ours', () => {
    const both = parse(mergeEntry(mergeEntry('', admin, false), alice, false)) as typeof adminText;
    expect(both.clusters).toHaveLength(1);
    expect(both.contexts.at(-1)).toEqual({
      name: 'demo-north-team-a-alice',
      context: { cluster: 'demo-north', namespace: 'on', user: 'demo-north-team-a-alice' },
    });
    expect(both.users).toHaveLength(2);
  });
});

describe('an entry of a name that is there', () => {
  it('is replaced in its place', () => {
    const before = mergeEntry(foreign, admin, false);
    const after = mergeEntry(before, { ...admin, server: 'https://new' }, false);
    expect(after).toBe(before.replace('"https://192.0.2.7:6443"', '"https://new"'));
  });

  it('changes nothing when it is the same', () => {
    const before = mergeEntry(foreign, admin, false);
    expect(mergeEntry(before, admin, false)).toBe(before);
  });
});

describe('a file that is no kubeconfig', () => {
  const cases: Record<string, { given: string; want: string }> = {
    'broken YAML': { given: 'kind: Config\nusers: [{token: s3cret\n', want: 'line 3 is not YAML' },
    'a list': { given: '- s3cret\n', want: 'it is not a list of keys with values' },
    'clusters that are no list': { given: 'clusters:\n  s3cret: x\n', want: '"clusters" is not a list' },
  };

  it.each(Object.entries(cases))('%s is named without its text', (_name, { given, want }) => {
    const merging = (): string => mergeEntry(given, admin, false);
    expect(merging).toThrow(want);
    expect(merging).not.toThrow('s3cret');
  });
});

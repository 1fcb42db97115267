import { describe, expect, it } from '@jest/globals';

import type { Cluster, NodeGroup } from '../container-infra/magnum.ts';
import { diagnosis } from './diagnosis.ts';
import { pollIntervalMs } from './poll-interval.ts';
import { publicKeyOf } from './public-key.ts';
import { winnerOf } from './winner-of.ts';
import { clusterNameProblem } from './cluster-name.ts';

const aCluster = (changes: Partial<Cluster>): Cluster => ({
  uuid: 'u',
  name: 'demo',
  status: 'CREATE_FAILED',
  cluster_template_id: 't',
  node_count: 1,
  master_count: 1,
  ...changes,
});

const aGroup = (name: string, status: string, reason?: string): NodeGroup => ({
  uuid: name,
  name,
  role: 'worker',
  flavor_id: null,
  node_count: 1,
  min_node_count: 1,
  max_node_count: null,
  status,
  ...(reason === undefined ? {} : { status_reason: reason }),
});

describe('why a cluster failed', () => {
  it('is told by node group, each reason once, then what it means', () => {
    const cluster = aCluster({
      faults: { 'default-worker': 'No valid host was found.' },
      status_reason: 'Stack failed',
    });
    const groups = [
      aGroup('default-worker', 'CREATE_FAILED', 'No valid host was found.'),
      aGroup('gpu', 'CREATE_FAILED', 'Quota\n exceeded'),
      aGroup('good', 'CREATE_COMPLETE', 'Stack CREATE completed'),
    ];
    expect(diagnosis(cluster, groups)).toEqual([
      'default-worker: No valid host was found.',
      'gpu: Quota exceeded',
      'Stack failed',
      expect.stringMatching(/^This means: a quota/),
    ]);
  });

  it.each([
    ['Failed to create trustee or trust for Cluster: u', 'Log in with a password or Kerberos'],
    ['Floating IP pool is empty', '--no-floating-ip'],
    ['The Key-Pair (x) could not be found', 'one of the user who ordered'],
    ['Image 1 could not be found', 'template'],
    ['Timed out', '--create-timeout'],
  ])('%s', (reason, advice) => {
    expect(diagnosis(aCluster({ status_reason: reason }), []).at(-1)).toContain(advice);
  });

  it('is not known when Magnum does not tell', () => {
    expect(diagnosis(aCluster({ status_reason: null, faults: {} }), [])).toEqual(['Magnum gives no reason']);
  });
});

describe('polling', () => {
  it('begins quickly and never asks more than four times a minute in the end', () => {
    expect([0, 9_999, 10_000, 119_999, 120_000, 600_000, 6_000_000].map(pollIntervalMs)).toEqual([
      2_000, 2_000, 5_000, 5_000, 10_000, 15_000, 15_000,
    ]);
  });
});

describe('of two clusters of one order', () => {
  const old = aCluster({ uuid: 'b', created_at: '2026-01-01T00:00:00' });
  const young = aCluster({ uuid: 'a', created_at: '2026-01-01T00:00:01' });

  it('the older one stays, whoever looks', () => {
    expect(winnerOf([old, young], young).uuid).toBe('b');
    expect(winnerOf([young, old], old).uuid).toBe('b');
    expect(winnerOf([], young).uuid).toBe('a');
  });

  it('of one second the smaller UUID stays', () => {
    const twin = { ...young, created_at: old.created_at ?? null };
    expect(winnerOf([twin], old).uuid).toBe('a');
    expect(winnerOf([old], twin).uuid).toBe('a');
  });
});

describe('a public key', () => {
  const blob = 'AAAAC3NzaC1lZDI1NTE5AAAAIGZ1bm55LWtleS1mb3ItdGVzdHMtb25seS0xMjM0NTY3OA==';

  it("has Nova's fingerprint", () => {
    const key = publicKeyOf(`ssh-ed25519 ${blob} me@here\n`, 'id.pub');
    expect(key.text).toBe(`ssh-ed25519 ${blob} me@here`);
    expect(key.fingerprint).toMatch(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
  });

  it.each([
    [
      '-----BEGIN OPENSSH PRIVATE KEY-----',
      'id is a private key, which stays with you: give the public one (mostly id.pub)',
    ],
    ['hello', 'id is no public key'],
    ['', 'id is no public key'],
  ])('is not %j', (content, message) => {
    expect(() => publicKeyOf(content, 'id')).toThrow(message);
  });
});

describe('a name', () => {
  it.each(['demo', 'Demo_1.a-b', 'a'])('may be %s', (name) => {
    expect(clusterNameProblem(name)).toBeUndefined();
  });
  it.each(['', '1demo', '-demo', 'de mo', 'démo', 'a'.repeat(243)])('may not be %j', (name) => {
    expect(clusterNameProblem(name)).toContain('is no name for a cluster');
  });
});

import { describe, expect, it } from '@jest/globals';

import type { Cluster } from '../container-infra/magnum.ts';
import { clusterFindings, nodeGroupFindings, type NodeGroupFacts } from './cluster-findings.ts';

const cluster = (over: Partial<Cluster>): Cluster => ({
  uuid: 'u',
  name: 'demo',
  status: 'CREATE_COMPLETE',
  cluster_template_id: 't',
  node_count: 3,
  master_count: 1,
  coe_version: 'v1.34.1',
  ...over,
});

describe('what Magnum says of a cluster', () => {
  const cases: Record<string, { given: Partial<Cluster>; want: object[] }> = {
    'all is well': {
      given: { health_status: 'HEALTHY' },
      want: [
        { level: 'ok', said: 'CREATE_COMPLETE, Kubernetes v1.34.1, 1 + 3 nodes' },
        { check: 'health', level: 'ok' },
      ],
    },
    'nobody watches its health': { given: { health_status: null }, want: [{ level: 'ok' }] },
    'its health is not known yet': { given: { health_status: 'UNKNOWN' }, want: [{ level: 'ok' }] },
    'a node is ill': {
      given: { health_status: 'UNHEALTHY', health_status_reason: { api: 'ok', 'node-1.Ready': 'False' } },
      want: [{ level: 'ok' }, { check: 'health', level: 'problem', said: 'UNHEALTHY; node-1.Ready: False' }],
    },
    'it failed, for reasons': {
      given: { status: 'CREATE_FAILED', status_reason: 'Stack failed', faults: { 'default-worker': 'No valid host' } },
      want: [
        {
          level: 'problem',
          exitCode: 8,
          said: expect.stringContaining('Stack failed; default-worker: No valid host'),
          remedy: expect.stringContaining('delete kube demo'),
        },
      ],
    },
    'work goes on': {
      given: { status: 'CREATE_IN_PROGRESS', coe_version: null },
      want: [{ level: 'warning', remedy: 'opsparkctl create kube demo waits for it' }],
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(clusterFindings(cluster(given))).toEqual(want.map((one) => expect.objectContaining(one)));
  });
});

describe('groups of nodes', () => {
  const group = (status: string, statusReason: string | null = null): NodeGroupFacts => ({
    name: 'default-worker',
    role: 'worker',
    nodes: 1,
    status,
    statusReason,
  });

  it('are judged by their status', () => {
    const groups = [group('CREATE_COMPLETE'), group('UPDATE_IN_PROGRESS'), group('UPDATE_FAILED', 'no quota')];
    expect(nodeGroupFindings(groups).map(({ level, said }) => [level, said])).toEqual([
      ['ok', 'default-worker (worker): 1 node, CREATE_COMPLETE'],
      ['warning', 'default-worker (worker): 1 node, UPDATE_IN_PROGRESS'],
      ['problem', 'default-worker (worker): 1 node, UPDATE_FAILED; no quota'],
    ]);
  });
});

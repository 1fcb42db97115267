import { describe, expect, it } from '@jest/globals';

import { seedState } from '../seed-state.ts';
import type { ClusterRecord, NodeGroupRecord, Operation } from './records.ts';
import { acceptsResize, progressOf } from './status-machine.ts';

const NOW = 1_800_000_000_000;
const { clusters, nodeGroups } = seedState({
  now: () => NOW,
  hex: (bytes) => '5a'.repeat(bytes),
  clusterCount: 1,
  apiAddress: 'https://127.0.0.1:1',
});
const [seeded] = clusters;
if (seeded === undefined) throw new Error('The seed has no cluster');

const aCluster = (status: string, operation: Operation | undefined): ClusterRecord => ({
  ...seeded,
  status,
  operation,
});
const due = (kind: Operation['kind'], more: Partial<Operation> = {}): Operation => ({
  kind,
  dueMs: NOW,
  failure: undefined,
  ...more,
});
const groups: readonly NodeGroupRecord[] = nodeGroups.map((group) => ({ ...group, wantedCount: 7 }));

describe('progress of a cluster', () => {
  const cases: Record<string, { given: ClusterRecord; want: string }> = {
    'nothing is under way': { given: aCluster('CREATE_COMPLETE', undefined), want: 'waiting' },
    'the backend is not done': {
      given: aCluster('CREATE_IN_PROGRESS', due('CREATE', { dueMs: NOW + 1 })),
      want: 'waiting',
    },
    'the backend never ends': {
      given: aCluster('CREATE_IN_PROGRESS', due('CREATE', { dueMs: undefined })),
      want: 'waiting',
    },
    'a creation that is done': { given: aCluster('CREATE_IN_PROGRESS', due('CREATE')), want: 'CREATE_COMPLETE' },
    'an update that is done': { given: aCluster('UPDATE_IN_PROGRESS', due('UPDATE')), want: 'UPDATE_COMPLETE' },
    'a deletion that is done': { given: aCluster('DELETE_IN_PROGRESS', due('DELETE')), want: 'gone' },
    'a creation that fails': {
      given: aCluster('CREATE_IN_PROGRESS', due('CREATE', { failure: { reason: 'quota', faults: {} } })),
      want: 'CREATE_FAILED',
    },
    'a deletion that fails': {
      given: aCluster('DELETE_IN_PROGRESS', due('DELETE', { failure: { reason: 'ports', faults: {} } })),
      want: 'DELETE_FAILED',
    },
  };
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const progress = progressOf(given, groups, NOW);
    expect(progress.kind === 'changed' ? progress.cluster.status : progress.kind).toBe(want);
  });

  it('brings the groups to the number of nodes that was asked for', () => {
    const progress = progressOf(aCluster('UPDATE_IN_PROGRESS', due('UPDATE')), groups, NOW);
    const counts = progress.kind === 'changed' ? progress.nodeGroups.map(({ nodeCount }) => nodeCount) : [];
    expect(counts).toEqual([7, 7]);
  });

  it('keeps reason and faults of a failure', () => {
    const failure = { reason: 'default-worker failed', faults: { 'default-worker': 'quota' } };
    expect(progressOf(aCluster('CREATE_IN_PROGRESS', due('CREATE', { failure })), groups, NOW)).toMatchObject({
      cluster: { statusReason: failure.reason, faults: failure.faults, operation: undefined },
    });
  });

  it('takes a resize only where Magnum does', () => {
    const statuses = ['CREATE_IN_PROGRESS', 'CREATE_FAILED', 'CREATE_COMPLETE', 'UPDATE_FAILED', 'UPDATE_IN_PROGRESS'];
    expect(statuses.filter(acceptsResize)).toEqual(['CREATE_COMPLETE', 'UPDATE_FAILED', 'UPDATE_IN_PROGRESS']);
  });
});

import { describe, expect, it } from '@jest/globals';

import type { Cluster } from '../container-infra/magnum.ts';
import { decideStart, type Seen, type Start } from './decide-start.ts';
import { ORDER_LABEL } from './order.ts';

const aCluster = (uuid: string, status = 'CREATE_COMPLETE', order?: string): Cluster => ({
  uuid,
  name: 'demo',
  status,
  cluster_template_id: 't',
  node_count: 1,
  master_count: 1,
  labels: order === undefined ? {} : { [ORDER_LABEL]: order },
});

const seen = (changes: Partial<Seen>): Seen => ({
  name: 'demo',
  named: [],
  remembered: [],
  order: 'aaa',
  contradictions: () => [],
  adopt: false,
  recreate: false,
  ...changes,
});

const differs = () => ['nodes: it has 1, wished is 2'];

/** The kind, and the cluster it is about. */
const brief = (start: Start): string =>
  'cluster' in start ? `${start.kind} ${start.cluster.uuid}` : start.kind === 'refuse' ? start.message : start.kind;

describe('what happens with a name', () => {
  const cases: Record<string, { given: Partial<Seen>; want: string }> = {
    'nobody has it: ordered': { given: {}, want: 'order' },
    'the cluster of this very order goes on': {
      given: { named: [aCluster('u1', 'CREATE_IN_PROGRESS', 'aaa')] },
      want: 'resume u1',
    },
    'so does one whose nodes were changed since': {
      given: { named: [aCluster('u1', 'UPDATE_COMPLETE', 'aaa')], contradictions: differs },
      want: 'resume u1',
    },
    'so does one of another order that fits the wishes': {
      given: { named: [aCluster('u1', 'CREATE_COMPLETE', 'bbb')] },
      want: 'resume u1',
    },
    'a remembered one goes on without its label': {
      given: { named: [aCluster('u1')], remembered: ['u1'] },
      want: 'resume u1',
    },
    'the failed one goes on too: its failure is to be told': {
      given: { named: [aCluster('u1', 'CREATE_FAILED', 'aaa')] },
      want: 'resume u1',
    },
    'the failed one is replaced on a word': {
      given: { named: [aCluster('u1', 'CREATE_FAILED', 'aaa')], recreate: true },
      want: 'replace u1',
    },
    'a good one is not replaced on that word': {
      given: { named: [aCluster('u1', 'CREATE_COMPLETE', 'aaa')], recreate: true },
      want: 'resume u1',
    },
    'a foreign failed one is never replaced': {
      given: { named: [aCluster('u1', 'CREATE_FAILED')], recreate: true },
      want: 'the name "demo" is taken',
    },
    'an order that contradicts is refused': {
      given: { named: [aCluster('u1', 'CREATE_COMPLETE', 'bbb')], contradictions: differs },
      want: 'nodes: it has 1, wished is 2',
    },
    'a contradicting one is adopted as it is': {
      given: { named: [aCluster('u1', 'CREATE_COMPLETE', 'bbb')], contradictions: differs, adopt: true },
      want: 'resume u1',
    },
    'a foreign one is refused': { given: { named: [aCluster('u1')] }, want: 'opsparkctl did not make (u1' },
    'a foreign one is adopted on a word': { given: { named: [aCluster('u1')], adopt: true }, want: 'resume u1' },
    'one that is being deleted is waited for': {
      given: { named: [aCluster('u1', 'DELETE_IN_PROGRESS', 'aaa')], remembered: ['u1'] },
      want: 'await-end u1',
    },
    'one that is being deleted does not hide a living one': {
      given: { named: [aCluster('u1', 'DELETE_IN_PROGRESS', 'aaa'), aCluster('u2', 'CREATE_COMPLETE', 'aaa')] },
      want: 'resume u2',
    },
    'one that could not be deleted is to be deleted first': {
      given: { named: [aCluster('u1', 'DELETE_FAILED', 'aaa')] },
      want: 'could not be deleted: finish that first with "opsparkctl delete kube demo"',
    },
    'of several the remembered one goes on': {
      given: { named: [aCluster('u1'), aCluster('u2')], remembered: ['u2'] },
      want: 'resume u2',
    },
    'several are refused with their UUIDs': {
      given: { named: [aCluster('u1', 'CREATE_COMPLETE', 'aaa'), aCluster('u2', 'CREATE_FAILED', 'aaa')] },
      want: '  u1  CREATE_COMPLETE\n  u2  CREATE_FAILED',
    },
    'several remembered ones are refused as well': {
      given: { named: [aCluster('u1'), aCluster('u2')], remembered: ['u1', 'u2'] },
      want: '2 clusters are called "demo"',
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(brief(decideStart(seen(given)))).toContain(want);
  });

  it('tells whether a cluster was taken over', () => {
    expect(decideStart(seen({ named: [aCluster('u1')], adopt: true }))).toMatchObject({ adopted: true });
    expect(decideStart(seen({ named: [aCluster('u1')], remembered: ['u1'] }))).toMatchObject({ adopted: false });
  });
});

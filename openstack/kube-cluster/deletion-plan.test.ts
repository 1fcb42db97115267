import { describe, expect, it } from '@jest/globals';

import { type DeletionFacts, deletionPlan } from './deletion-plan.ts';
import { ORDER_LABEL } from './order.ts';

const facts = (changes: Partial<DeletionFacts>): DeletionFacts => ({
  cluster: {
    uuid: 'u',
    name: 'demo',
    status: 'CREATE_COMPLETE',
    cluster_template_id: 't',
    node_count: 2,
    master_count: 1,
    labels: { [ORDER_LABEL]: 'aaa' },
  },
  inside: undefined,
  accessKeys: [],
  buckets: ['demo-1'],
  deleteBuckets: false,
  kubeconfigEntry: undefined,
  ...changes,
});

const cluster = 'cluster "demo" (u, CREATE_COMPLETE): 2 nodes, 1 masters, and everything on them';

describe('what goes with a cluster', () => {
  it('is the cluster alone when nothing else is known; the bucket stays', () => {
    expect(deletionPlan(facts({}))).toEqual({
      goes: [cluster],
      stays: ['bucket demo-1 with the event logs (--delete-bucket deletes it)'],
    });
  });

  it('is all that the cloud keeps for it', () => {
    const inside = {
      loadBalancers: [{ namespace: 'a', name: 'web' }],
      claims: [{ namespace: 'b', name: 'data' }],
      users: [{ namespace: 'b', name: 'pod' }],
      installations: [],
    };
    const all = facts({ inside, accessKeys: ['key1'], deleteBuckets: true, kubeconfigEntry: 'demo-R' });
    expect(deletionPlan(all)).toEqual({
      goes: [
        cluster,
        'load balancer of Service a/web',
        'volume of PersistentVolumeClaim b/data',
        'S3 key key1',
        'bucket demo-1 with the event logs',
        'entry demo-R of the kubeconfig',
      ],
      stays: [],
    });
  });

  it('says of a foreign cluster that it is one', () => {
    const { cluster: own } = facts({});
    expect(deletionPlan(facts({ cluster: { ...own, labels: {} } })).goes).toEqual([
      `${cluster}, which opsparkctl did not make`,
    ]);
  });
});

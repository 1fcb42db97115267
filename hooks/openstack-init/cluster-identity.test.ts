import { describe, expect, it } from '@jest/globals';

import type { Cluster, Magnum } from '../../openstack/container-infra/magnum.ts';
import { clusterIdentity, type ClusterHints, type ClusterIdentity } from './cluster-identity.ts';

const UUID = '11111111-2222-3333-4444-555555555555';
const known: Cluster = {
  uuid: UUID,
  name: 'demo',
  status: 'CREATE_COMPLETE',
  cluster_template_id: 't',
  node_count: 1,
  master_count: 1,
};

const finds: Magnum['cluster'] = async (ident) =>
  [known.uuid, known.name].includes(ident) ? Promise.resolve(known) : Promise.reject(new Error('404'));
const neverAnswers: Magnum['cluster'] = () => new Promise(() => undefined);

interface Case {
  readonly given: Partial<ClusterHints> & { readonly cluster?: Magnum['cluster'] };
  readonly want: ClusterIdentity;
}

const cases: Record<string, Case> = {
  'a name is completed by Magnum': { given: { clusterName: 'demo' }, want: { name: 'demo', uuid: UUID } },
  'a UUID is completed by Magnum': { given: { clusterUuid: UUID }, want: { name: 'demo', uuid: UUID } },
  'what is told is not asked for': {
    given: { clusterName: 'mine', clusterUuid: UUID, cluster: neverAnswers },
    want: { name: 'mine', uuid: UUID },
  },
  'a name that Magnum does not know stays a name': {
    given: { clusterName: 'elsewhere' },
    want: { name: 'elsewhere', uuid: undefined },
  },
  'a Magnum that does not answer is not waited for': {
    given: { clusterUuid: UUID, cluster: neverAnswers },
    want: { name: 'spark', uuid: UUID },
  },
  'nothing told: the release gives the name': { given: {}, want: { name: 'spark', uuid: undefined } },
};

describe('clusterIdentity', () => {
  it.each(Object.entries(cases))('%s', async (_name, { given: { cluster = finds, ...hints }, want }) => {
    const all = { clusterName: undefined, clusterUuid: undefined, release: 'spark', ...hints };
    const patience = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));
    await expect(clusterIdentity(all, { cluster }, patience)).resolves.toEqual(want);
  });
});

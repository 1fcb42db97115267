import { describe, expect, it } from '@jest/globals';

import type { ClusterTemplate } from '../container-infra/magnum.ts';
import { type ClusterWishes, wishesOf } from './cluster-wishes.ts';
import { preflight, type PreflightFacts } from './preflight.ts';

const template: ClusterTemplate = {
  uuid: 't',
  name: 'k8s',
  coe: 'kubernetes',
  image_id: 'i',
  flavor_id: 'small',
  master_flavor_id: null,
  keypair_id: 'site',
  labels: {},
};

const plenty = { used: 0, limit: undefined };

const facts = (changes: Partial<PreflightFacts> = {}): PreflightFacts => ({
  login: { applicationCredential: undefined },
  max: { major: 1, minor: 10 },
  template,
  clusters: [],
  clusterQuota: 20,
  flavors: [{ id: '1', name: 'small', vcpus: 1, ram: 2048, disk: 20 }],
  keypairs: ['mine'],
  limits: { instances: plenty, cores: plenty, ram: plenty },
  ...changes,
});

const cluster = {
  uuid: 'u1',
  name: 'old',
  status: 'CREATE_COMPLETE',
  cluster_template_id: 't',
  node_count: 1,
  master_count: 1,
};
const credential = (restricted: boolean) => ({ applicationCredential: { id: 'c', restricted } });

describe('the checks before an order', () => {
  const cases: Record<
    string,
    { facts?: Partial<PreflightFacts>; wishes?: Partial<ClusterWishes>; want: readonly (number | string)[] }
  > = {
    'find nothing when all is well': { wishes: { nodeCount: 2, flavor: 'small', keypair: 'mine' }, want: [] },
    'take a flavor by its id': { wishes: { flavor: '1' }, want: [] },
    'do not judge what Nova does not tell': {
      facts: { flavors: undefined, keypairs: undefined },
      wishes: { flavor: 'any', keypair: 'any' },
      want: [],
    },
    'say when Nova tells nothing at all': {
      facts: { flavors: undefined, keypairs: undefined, limits: undefined },
      want: ['warning', 'Nova tells nothing'],
    },
    'refuse a template for something else': {
      facts: { template: { ...template, coe: 'swarm' } },
      want: [2, 'cluster template "k8s" is for swarm'],
    },
    'refuse an unknown flavor of masters': {
      wishes: { masterFlavor: 'smal' },
      want: [5, 'no flavor of masters "smal": is it "small"'],
    },
    'list the flavors when none resembles': { wishes: { flavor: 'zzzzzz' }, want: [5, '; there are small'] },
    'refuse an unknown keypair': { wishes: { keypair: 'min' }, want: [5, 'no keypair "min": is it "mine"'] },
    'warn of no keypair at all': {
      facts: { template: { ...template, keypair_id: null } },
      want: ['warning', 'no keypair is given'],
    },
    'refuse what is over the quota of clusters': {
      facts: { clusters: [cluster], clusterQuota: 1 },
      want: [4, 'u1  old  CREATE_COMPLETE'],
    },
    'know no quota of clusters that cannot be read': {
      facts: { clusters: [cluster], clusterQuota: undefined },
      want: [],
    },
    'refuse several masters without a load balancer': { wishes: { masterCount: 3 }, want: [2, 'add --master-lb'] },
    'allow several masters with the load balancer of the template': {
      facts: { template: { ...template, master_lb_enabled: true } },
      wishes: { masterCount: 3 },
      want: [],
    },
    'refuse several masters when the load balancer is declined': {
      facts: { template: { ...template, master_lb_enabled: true } },
      wishes: { masterCount: 3, masterLb: false },
      want: [2, 'add --master-lb'],
    },
    'refuse a restricted application credential': { facts: { login: credential(true) }, want: [4, 'restricted'] },
    'refuse it where no trusts are made as well': {
      facts: { login: credential(true), max: { major: 1, minor: 13 } },
      want: [4, 'restricted'],
    },
    'warn of an unrestricted one where trusts are made': {
      facts: { login: credential(false) },
      want: ['warning', 'makes a trust for each cluster'],
    },
    'allow an unrestricted one where none are made': {
      facts: { login: credential(false), max: { major: 1, minor: 14 } },
      want: [],
    },
    'warn of too little compute quota': {
      facts: {
        limits: {
          instances: { used: 0, limit: 1 },
          cores: { used: 0, limit: undefined },
          ram: { used: 0, limit: undefined },
        },
      },
      want: ['warning', 'needs 2 servers'],
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { facts: given, wishes, want }) => {
    const findings = preflight(facts(given), { ...wishesOf('demo', {}, {}), ...wishes });
    const [level, text] = want;
    if (level === undefined) expect(findings).toEqual([]);
    else
      expect(findings).toMatchObject([
        {
          ...(level === 'warning' ? { level } : { level: 'refusal', exitCode: level }),
          text: expect.stringContaining(String(text)),
        },
      ]);
  });

  it('put refusals first', () => {
    const findings = preflight(facts({ login: credential(false) }), { ...wishesOf('demo', {}, {}), flavor: 'nope' });
    expect(findings.map(({ level }) => level)).toEqual(['refusal', 'warning']);
  });
});

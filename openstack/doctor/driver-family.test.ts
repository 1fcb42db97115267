import { describe, expect, it } from '@jest/globals';

import type { Cluster, ClusterTemplate } from '../container-infra/magnum.ts';
import { type DriverFamily, driverFamily } from './driver-family.ts';

const template = (more: Partial<ClusterTemplate>): ClusterTemplate => ({
  ...{ uuid: 't', name: 't', coe: 'kubernetes', image_id: 'i', flavor_id: null },
  ...{ master_flavor_id: null, keypair_id: null, labels: {} },
  ...more,
});

const cluster = (stack_id: string | null): Cluster => ({
  ...{ uuid: 'c', name: 'demo', status: 'CREATE_COMPLETE', cluster_template_id: 't', node_count: 1, master_count: 1 },
  stack_id,
});

interface Case {
  readonly templates?: readonly ClusterTemplate[];
  readonly clusters?: readonly Cluster[];
  readonly minor?: number;
  readonly want: DriverFamily;
}

const cases: Record<string, Case> = {
  'a template names capi-helm': { templates: [template({ driver: 'k8s_capi_helm_v1' })], want: 'capi-helm' },
  'a template names vexxhost': { templates: [template({ driver: 'k8s_cluster_api_ubuntu' })], want: 'vexxhost' },
  'a template names Heat': { templates: [template({ driver: 'k8s_fedora_coreos_v1' })], want: 'heat' },
  'a label of capi-helm': { templates: [template({ labels: { capi_helm_chart_version: '0.1' } })], want: 'capi-helm' },
  "a stack of Heat's": { clusters: [cluster('b48043d5-8a51-4c62-8096-b7ab73c4a77d')], want: 'heat' },
  "a name of vexxhost's": { clusters: [cluster(null), cluster('kube-x7k2p')], want: 'vexxhost' },
  "a name of capi-helm's": { clusters: [cluster('demo-k3j2h1g4f5d6')], want: 'capi-helm' },
  'a Magnum after Heat': { minor: 13, want: 'cluster-api' },
  'nothing to tell from': { want: 'unknown' },
};

describe('driverFamily', () => {
  it.each(Object.entries(cases))('%s', (_name, { templates = [], clusters = [], minor = 10, want }) =>
    expect(driverFamily({ templates, clusters, max: { major: 1, minor } })).toBe(want),
  );
});

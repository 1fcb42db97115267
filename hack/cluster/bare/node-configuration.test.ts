import { describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';

import { addonManifests } from './addons.ts';
import {
  cniConflist,
  containerdToml,
  corefile,
  kubeletConfiguration,
  kubeProxyConfiguration,
} from './node-configuration.ts';
import type { NodeLayout } from './node-layout.ts';

const aNode = (index: number): NodeLayout => ({
  name: `node${index}`,
  index,
  address: `10.99.0.${index + 1}`,
  podCidr: `10.98.${index}.0/24`,
  folder: `/c/node${index}`,
  cgroup: `/cluster-c-node${index}`,
});
const first = aNode(0);
const second = aNode(1);

describe('the configuration of a node', () => {
  it('keeps containerd in the folder of the node and lets pods start where negative OOM scores are refused', () => {
    const toml = containerdToml(second);
    expect(toml).toContain('root = "/c/node1/containerd"');
    expect(toml).toContain('sandbox_image = "localhost/pause:1"');
    expect(toml).toContain('restrict_oom_score_adj = true');
  });

  it('gives the pods of each node a range of their own', () => {
    for (const node of [first, second]) {
      expect(JSON.parse(cniConflist(node))).toMatchObject({
        plugins: [{ type: 'bridge', ipam: { ranges: [[{ subnet: node.podCidr }]] } }, { type: 'portmap' }],
      });
    }
  });

  it('lets the kubelet answer to the API server only, and run with either version of control groups', () => {
    expect(parse(kubeletConfiguration(first, '/ca', { cert: '/cert', key: '/key' }))).toMatchObject({
      authentication: { anonymous: { enabled: false }, x509: { clientCAFile: '/ca' } },
      authorization: { mode: 'Webhook' },
      cgroupRoot: '/cluster-c-node0',
      failCgroupV1: false,
      clusterDNS: ['10.96.0.10'],
    });
  });

  it('keeps kube-proxy from changing settings of the whole machine', () => {
    expect(parse(kubeProxyConfiguration(second, '/k'))).toMatchObject({
      hostnameOverride: 'node1',
      mode: 'iptables',
      conntrack: { maxPerCore: 0, min: 0 },
    });
  });

  it('answers names of the cluster from its API, and all others with "no such name"', () => {
    const blocks = corefile('10.99.0.1', '/k').split(/^}$/m);
    expect(blocks[0]).toMatch(/^cluster\.local:53[^]*kubernetes cluster\.local/);
    expect(blocks[1]).toMatch(/^\.:53[^]*NXDOMAIN/m);
  });
});

describe('addonManifests', () => {
  it('have one default StorageClass, and DNS at the address that kubelets tell to pods', () => {
    const objects = parseAllDocuments(addonManifests('10.99.0.1')).map((document) => document.toJS() as unknown);
    expect(objects).toContainEqual(
      expect.objectContaining({
        kind: 'StorageClass',
        metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      }),
    );
    expect(objects).toContainEqual(
      expect.objectContaining({
        kind: 'Service',
        spec: expect.objectContaining({ clusterIP: '10.96.0.10' }) as object,
      }),
    );
    expect(objects).toContainEqual(
      expect.objectContaining({
        kind: 'EndpointSlice',
        endpoints: [{ addresses: ['10.99.0.1'], conditions: { ready: true } }],
      }),
    );
  });
});

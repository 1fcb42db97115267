import { describe, expect, it } from '@jest/globals';

import type { Ingress, Service } from '../../api/kubernetes.ts';
import { addressOf } from './history-address.ts';

const service = (type: string, more: Partial<Service> = {}): Service => ({
  metadata: { name: 'history', namespace: 'spark' },
  spec: { type, ports: [{ port: 18080, ...(type === 'NodePort' ? { nodePort: 30123 } : {}) }] },
  ...more,
});
const node = (...addresses: readonly { type: string; address: string }[]) => ({ status: { addresses } });
const ingress = (spec: NonNullable<Ingress['spec']>, status?: NonNullable<Ingress['status']>): Ingress => ({
  spec,
  ...(status === undefined ? {} : { status }),
});

type Given = Parameters<typeof addressOf>;
const cases: Record<string, { given: Given; want: { url: string | undefined; how: RegExp } }> = {
  'inside the cluster: by port-forward': {
    given: [service('ClusterIP'), undefined, []],
    want: {
      url: undefined,
      how: /^kubectl -n spark port-forward service\/history 18080, then open http:\/\/localhost:18080$/,
    },
  },
  'on a node: by an outside address, if any has one': {
    given: [
      service('NodePort'),
      undefined,
      [node({ type: 'InternalIP', address: '10.0.0.1' }), node({ type: 'ExternalIP', address: '192.0.2.1' })],
    ],
    want: { url: 'http://192.0.2.1:30123', how: /^$/ },
  },
  'on a node: by an inside address, and says so': {
    given: [service('NodePort'), undefined, [node({ type: 'InternalIP', address: '10.0.0.1' })]],
    want: { url: 'http://10.0.0.1:30123', how: /addresses of nodes can be reached/ },
  },
  'on no node yet': { given: [service('NodePort'), undefined, []], want: { url: undefined, how: /no node/ } },
  'behind a load balancer': {
    given: [service('LoadBalancer', { status: { loadBalancer: { ingress: [{ ip: '192.0.2.7' }] } } }), undefined, []],
    want: { url: 'http://192.0.2.7:18080', how: /^$/ },
  },
  'behind a load balancer that has no address yet': {
    given: [service('LoadBalancer'), undefined, []],
    want: { url: undefined, how: /no address yet/ },
  },
  'by an Ingress with TLS, whatever the Service is': {
    given: [
      service('NodePort'),
      ingress({ tls: [{ secretName: 't' }], rules: [{ host: 'h.example.org' }] }),
      [node({ type: 'ExternalIP', address: '192.0.2.1' })],
    ],
    want: { url: 'https://h.example.org/', how: /^$/ },
  },
  'by an Ingress without a host: by its address': {
    given: [
      service('ClusterIP'),
      ingress({ rules: [{}] }, { loadBalancer: { ingress: [{ hostname: 'lb.example.org' }] } }),
      [],
    ],
    want: { url: 'http://lb.example.org/', how: /^$/ },
  },
  'by an Ingress that nobody serves': {
    given: [service('ClusterIP'), ingress({ rules: [{}] }), []],
    want: { url: undefined, how: /ingress controller/ },
  },
};

describe('the history server is opened', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const { url, how } = addressOf(...given);
    expect(url).toBe(want.url);
    expect(how).toMatch(want.how);
  });
});

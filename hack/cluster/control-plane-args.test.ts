import { describe, expect, it } from '@jest/globals';

import {
  apiServerArgs,
  apiServerHosts,
  controllerManagerArgs,
  etcdArgs,
  type ControlPlaneLayout,
} from './control-plane-args.ts';

const pki = {
  folder: '/c/pki',
  caCert: '/c/pki/ca.crt',
  caKey: '/c/pki/ca.key',
  serviceAccountKey: '/c/pki/sa.key',
  serviceAccountPublicKey: '/c/pki/sa.pub',
  issue: () => Promise.reject(new Error('not used')),
};
const pair = (name: string): { cert: string; key: string } => ({ cert: `/c/${name}.crt`, key: `/c/${name}.key` });

const alone: ControlPlaneLayout = {
  pki,
  serving: pair('api'),
  folder: '/c',
  address: '127.0.0.1',
  apiPort: 40001,
  etcdPort: 40002,
  etcdPeerPort: 40003,
};
const withNodes: ControlPlaneLayout = { ...alone, address: '10.99.0.1', kubeletClient: pair('kubelet-client') };

describe('apiServerArgs', () => {
  it('without nodes: loopback only, no endpoints to keep, nothing about kubelets', () => {
    const args = apiServerArgs(alone);
    expect(args).toContain('--bind-address=127.0.0.1');
    expect(args).toContain('--endpoint-reconciler-type=none');
    expect(args.filter((arg) => arg.includes('kubelet'))).toEqual([]);
    expect(args.filter((arg) => arg.includes('emulated'))).toEqual([]);
  });

  it('with nodes: reachable from pods, and kubelets are called by address with a checked certificate', () => {
    const args = apiServerArgs(withNodes);
    expect(args).toContain('--advertise-address=10.99.0.1');
    expect(args).toContain('--kubelet-preferred-address-types=InternalIP');
    expect(args).toContain('--kubelet-client-certificate=/c/kubelet-client.crt');
    expect(args).toContain('--kubelet-certificate-authority=/c/pki/ca.crt');
    expect(args).not.toContain('--endpoint-reconciler-type=none');
  });

  it('reads authorities from files that change, and presents their certificate at one address only', () => {
    expect(apiServerArgs(withNodes)).toContain('--client-ca-file=/c/pki/ca.crt');
    const authorities = { bundle: '/c/bundle.crt', serving: pair('link'), address: '10.99.255.2' };
    const args = apiServerArgs({ ...withNodes, authorities });
    expect(args.filter((arg) => /client-ca-file|sni/.test(arg))).toEqual([
      '--client-ca-file=/c/bundle.crt',
      '--tls-sni-cert-key=/c/link.crt,/c/link.key:10.99.255.2',
    ]);
  });

  it('behaves as an older minor on request', () => {
    expect(apiServerArgs({ ...alone, emulatedVersion: '1.31' })).toContain('--emulated-version=kube=1.31');
  });
});

describe('apiServerHosts', () => {
  it('has each address once, the Service address and the names that pods use', () => {
    expect(apiServerHosts('127.0.0.1').filter((host) => host === '127.0.0.1')).toHaveLength(1);
    expect(apiServerHosts('10.99.0.1')).toEqual(
      expect.arrayContaining(['127.0.0.1', '10.99.0.1', '10.96.0.1', 'kubernetes.default.svc']),
    );
  });
});

describe('etcdArgs', () => {
  it('keeps every address on the loopback device', () => {
    const urls = etcdArgs(alone).filter((arg) => arg.includes('http'));
    expect(urls).toHaveLength(5);
    for (const url of urls) expect(url).toMatch(/http:\/\/127\.0\.0\.1:4000[23]$/);
  });
});

describe('controllerManagerArgs', () => {
  it('runs only what a cluster without nodes needs', () => {
    const controllers = controllerManagerArgs(alone, '/k').find((arg) => arg.startsWith('--controllers='));
    expect(controllers?.split('=')[1]?.split(',')).toHaveLength(4);
  });

  it('provisions volumes and signs certificates where there are nodes', () => {
    const args = controllerManagerArgs(withNodes, '/k');
    expect(args).toContain('--controllers=*');
    expect(args).toContain('--enable-hostpath-provisioner=true');
    expect(args).toContain('--cluster-signing-key-file=/c/pki/ca.key');
  });
});

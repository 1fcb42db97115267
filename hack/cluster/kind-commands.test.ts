import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import {
  createCommand,
  deleteCommand,
  exportCommand,
  kindConfiguration,
  listCommand,
  loadCommand,
} from './kind-commands.ts';

describe('kind commands', () => {
  it('create a cluster with a pinned image and a kubeconfig of its own', () => {
    const { args, env, input } = createCommand({ name: 'c', nodes: 1 }, 'podman', '/k');
    expect(args.join(' ')).toMatch(
      /^create cluster --name c --image kindest\/node:v1\.34\.\d+ --kubeconfig \/k --wait 120s/,
    );
    expect(args.slice(-2)).toEqual(['--config', '-']);
    expect(env).toEqual({ KIND_EXPERIMENTAL_PROVIDER: 'podman' });
    expect(input).toBe(kindConfiguration(1));
  });

  it('configure one control plane, workers for the rest, and the Service network of the bare cluster', () => {
    expect(parse(kindConfiguration(3))).toEqual({
      kind: 'Cluster',
      apiVersion: 'kind.x-k8s.io/v1alpha4',
      networking: { serviceSubnet: '10.96.0.0/16' },
      nodes: [{ role: 'control-plane' }, { role: 'worker' }, { role: 'worker' }],
    });
  });

  const rest: Record<string, { given: { args: readonly string[] }; want: string }> = {
    'remove the named cluster only': {
      given: deleteCommand('c', 'docker', '/k'),
      want: 'delete cluster --name c --kubeconfig /k',
    },
    'list clusters': { given: listCommand('docker'), want: 'get clusters' },
    'load an archive as one': {
      given: loadCommand('c', 'docker', '/i.tar', true),
      want: 'load image-archive /i.tar --name c',
    },
    'load a reference out of the engine': {
      given: loadCommand('c', 'docker', 'localhost/i:1', false),
      want: 'load docker-image localhost/i:1 --name c',
    },
    'write a lost kubeconfig again': {
      given: exportCommand('c', 'docker', '/k'),
      want: 'export kubeconfig --name c --kubeconfig /k',
    },
  };

  it.each(Object.entries(rest))('%s', (_name, { given, want }) => {
    expect(given.args.join(' ')).toBe(want);
  });
});

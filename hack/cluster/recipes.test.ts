import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { RECIPES } from './recipes.ts';
import { VERSIONS } from './versions.ts';

const goMod = readFileSync(join(import.meta.dirname, 'kubernetes', 'go.mod'), 'utf8');

describe('recipes', () => {
  it('build the Kubernetes and etcd that the Go module pins', () => {
    expect(goMod).toContain(`k8s.io/kubernetes v${VERSIONS.kubernetes}\n`);
    expect(goMod).toContain(`go.etcd.io/etcd/server/v3 v${VERSIONS.etcd}\n`);
  });

  it('build the CoreDNS that its Go module pins', () => {
    const module = readFileSync(join(import.meta.dirname, 'coredns', 'go.mod'), 'utf8');
    expect(module).toContain(`github.com/coredns/coredns v${VERSIONS.coredns}\n`);
  });

  it('stamp the version into the Kubernetes programs', () => {
    const args = RECIPES.kubernetes.goArgs('/into');
    expect(args.slice(0, 3)).toEqual(['build', '-o', '/into/']);
    expect(args).toContain('k8s.io/kubernetes/cmd/kube-apiserver');
    expect(args.join(' ')).toContain('version.gitVersion=v1.34.4');
    expect(args.join(' ')).toContain('version.gitMajor=1 ');
    expect(args.join(' ')).toContain('version.gitMinor=34');
  });

  it('install helm at its exact version', () => {
    expect(RECIPES.helm.goArgs('')).toContain(`helm.sh/helm/v3/cmd/helm@v${VERSIONS.helm}`);
  });
});

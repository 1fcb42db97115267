import { describe, expect, it } from '@jest/globals';
import { defaultKubeconfigFiles, mergeKubeconfigs, type KubeconfigPart } from './kubeconfig-merge.ts';

const part = (name: string, currentContext: string, namespace: string): KubeconfigPart => ({
  clusters: [{ name, server: `https://${name}`, skipTLSVerify: false }],
  users: [{ name }],
  contexts: [{ name, cluster: name, user: name, namespace }],
  currentContext,
});

describe('mergeKubeconfigs', () => {
  it('keeps the first of each name and the first current context', () => {
    const merged = mergeKubeconfigs([part('one', '', 'a'), part('two', 'two', 'b'), part('one', 'one', 'c')]);
    expect(merged.clusters.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(merged.users.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(merged.contexts.map(({ namespace }) => namespace)).toEqual(['a', 'b']);
    expect(merged.currentContext).toBe('two');
  });
});

describe('defaultKubeconfigFiles', () => {
  const cases: Record<string, { given: string | undefined; want: string[] }> = {
    'the file of the home folder': { given: undefined, want: ['/home/eva/.kube/config'] },
    'an empty variable is none': { given: '', want: ['/home/eva/.kube/config'] },
    'the files of the variable, empty ones left out': { given: '/a::/b', want: ['/a', '/b'] },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(defaultKubeconfigFiles({ KUBECONFIG: given }, '/home/eva')).toEqual(want);
  });
});

import { delimiter, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';

/** The parts of a kubeconfig that files contribute to. */
export type KubeconfigPart = Pick<KubeConfig, 'clusters' | 'users' | 'contexts' | 'currentContext'>;

/** The files that kubectl reads without `--kubeconfig`: those of `KUBECONFIG`, else `~/.kube/config`. They need not exist. */
export function defaultKubeconfigFiles(env: Readonly<Record<string, string | undefined>>, home: string): string[] {
  const listed = (env['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  return listed.length > 0 ? listed : [join(home, '.kube', 'config')];
}

/** One kubeconfig of several, as kubectl merges them: of one name the first counts, and so does the first current context. */
export const mergeKubeconfigs = (parts: readonly KubeconfigPart[]): KubeconfigPart => ({
  clusters: firstOfEachName(parts.flatMap(({ clusters }) => clusters)),
  users: firstOfEachName(parts.flatMap(({ users }) => users)),
  contexts: firstOfEachName(parts.flatMap(({ contexts }) => contexts)),
  currentContext: parts.map(({ currentContext }) => currentContext).find((name) => Boolean(name)) ?? '',
});

const firstOfEachName = <T extends { readonly name: string }>(items: readonly T[]): T[] =>
  items.filter((item, index) => items.findIndex(({ name }) => name === item.name) === index);

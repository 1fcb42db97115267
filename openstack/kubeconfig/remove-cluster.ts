import { existsSync } from 'node:fs';

import { isMap } from 'yaml';

import { changeKubeconfig, kubeconfigToWrite, type ChangedFile, type KubeconfigWorld } from './kubeconfig-file.ts';
import {
  currentContextOf,
  kubeconfigText,
  listOf,
  lists,
  nameOf,
  readKubeconfigText,
  setCurrentContext,
  type List,
} from './kubeconfig-text.ts';

export interface RemoveRequest {
  /** Left out: the one that kubectl would write. */
  readonly file?: string | undefined;
  /** Name of the cluster's entry: `entryName(cluster, region)`. */
  readonly cluster: string;
}

/**
 * Takes a cluster out of a kubeconfig, with the contexts that lead to it and the users that no other context has. All else stays.
 * A file that does not exist is left so.
 * @throws UserError when the file is no kubeconfig, or cannot be written
 */
export async function removeFromKubeconfig(
  cli: KubeconfigWorld,
  { file = kubeconfigToWrite(cli), cluster }: RemoveRequest,
): Promise<ChangedFile> {
  if (!existsSync(file)) return { file, changed: false, backup: undefined };
  return changeKubeconfig(cli, file, (before) => withoutCluster(before, cluster));
}

/** The text of a kubeconfig without a cluster. @throws NoKubeconfigError */
export function withoutCluster(text: string, cluster: string): string {
  if (text.trim() === '') return text;
  const document = readKubeconfigText(text);
  const [, , contexts] = lists.map((list) => listOf(document, list).items);
  const leading = (contexts ?? []).filter((item) => partOf(item, 'cluster') === cluster);
  const others = (contexts ?? []).filter((item) => !leading.includes(item));
  const kept = new Set(others.map((item) => partOf(item, 'user')));
  const gone: Readonly<Record<List, ReadonlySet<unknown>>> = {
    clusters: new Set([cluster]),
    contexts: new Set(leading.map(nameOf)),
    users: new Set(leading.map((item) => partOf(item, 'user')).filter((user) => !kept.has(user))),
  };
  const removed = lists.map((list) => {
    const entries = listOf(document, list);
    const before = entries.items.length;
    entries.items = entries.items.filter((item) => !gone[list].has(nameOf(item)));
    return before - entries.items.length;
  });
  if (removed.every((count) => count === 0)) return text;
  if (gone.contexts.has(currentContextOf(document))) setCurrentContext(document, '');
  return kubeconfigText(document);
}

function partOf(item: unknown, part: 'cluster' | 'user'): unknown {
  const context = isMap(item) ? item.get('context') : undefined;
  return isMap(context) ? context.get(part) : undefined;
}

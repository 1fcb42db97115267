import type { KubeClient } from '../../kube/client.ts';
import { sleep, type Clock } from '../../kube/clock.ts';
import { isGone, isUnavailable } from '../../kube/errors.ts';
import type { Identified } from '../../kube/key.ts';
import type { Resource } from '../../kube/resources.ts';
import type { ListQuery } from '../cli.ts';

/** What to follow, and with what. */
export interface Following<T> {
  readonly client: Pick<KubeClient, 'list' | 'watch'>;
  readonly clock: Clock;
  readonly resource: Resource<T>;
  readonly query: ListQuery;
  /** Takes the objects that are new or changed: the first time all that are there. */
  readonly deliver: (objects: readonly T[]) => void;
}

/** After a lost connection: soon enough for a reader, slow enough for a server that comes back. */
const RETRY_MS = 2000;

/**
 * Lists, then watches, and begins again whenever the watch ends or the connection is lost; what was delivered once is
 * not delivered again. Resolves when `stop` aborts.
 * @throws ApiError when the first list fails, or the server refuses
 */
export async function follow<T extends Identified>(following: Following<T>, stop: AbortSignal): Promise<void> {
  const { clock, deliver } = following;
  const seen = new Map<string, string>();
  const progress = { listed: false };
  const deliverNew = (objects: readonly T[]): void => {
    progress.listed = true;
    const fresh = objects.filter(({ metadata = {} }) => seen.get(metadata.uid ?? '') !== metadata.resourceVersion);
    for (const { metadata = {} } of fresh) seen.set(metadata.uid ?? '', metadata.resourceVersion ?? '');
    if (fresh.length > 0) deliver(fresh);
  };
  const isOver = (): boolean => stop.aborted;
  while (!isOver()) {
    try {
      await listAndWatch({ ...following, deliver: deliverNew }, stop);
    } catch (error) {
      if (isOver()) return;
      if (!progress.listed || !(isGone(error) || isUnavailable(error))) throw error;
      await sleep(clock, RETRY_MS, stop);
    }
  }
}

/** Ends with the watch; the server ends each after some minutes. */
async function listAndWatch<T extends Identified>(
  { client, resource, query, deliver }: Following<T>,
  signal: AbortSignal,
): Promise<void> {
  const { items, resourceVersion } = await client.list(resource, { ...query, signal });
  deliver(items);
  await client.watch(resource, { ...query, resourceVersion, signal }, ({ type, object }) => {
    if (type === 'ADDED' || type === 'MODIFIED') deliver([object]);
  });
}

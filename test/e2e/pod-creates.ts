import { setTimeout } from 'node:timers/promises';
import type { Pod } from '../../api/kubernetes.ts';
import { LABEL_INJECT, LABEL_SPARK_ROLE } from '../../api/labels.ts';
import type { KubeClient } from '../../kube/client.ts';
import { resources } from '../../kube/resources.ts';

/** The annotation that the webhook must add to every pod of the load. */
export const PROOF = 'certificates.example.com/patched';

/** What a load came to. */
export interface LoadResult {
  readonly created: number;
  /** Each failure: an error of the API server, or a pod that came back without the patch. */
  readonly failures: readonly string[];
  /** Creates a second that were answered. */
  readonly perSecond: number;
}

/** Dry-run creates of pods that need the webhook, begun at a steady pace. */
export interface Load {
  count(): number;
  /** Begins no more; resolves when all are answered. */
  stop(): Promise<LoadResult>;
}

export interface LoadOptions {
  readonly client: KubeClient;
  readonly namespace: string;
  readonly perSecond: number;
  /** Never more than so many in all. */
  readonly limit: number;
}

/** More are not begun while so many are unanswered: a slow machine makes the load slower, not the queue longer. */
const MOST_UNANSWERED = 200;

/** Creates one pod that is never stored; resolves with what is wrong, or with undefined. */
export async function createdWithPatch(client: KubeClient, namespace: string): Promise<string | undefined> {
  const pod: Pod = {
    metadata: {
      namespace,
      generateName: 'load-',
      labels: { [LABEL_INJECT]: 'true', [LABEL_SPARK_ROLE]: 'driver' },
    },
    spec: { containers: [{ name: 'spark-kubernetes-driver', image: 'none.invalid/none' }] },
  };
  try {
    const { metadata } = await client.create(resources.pods, pod, { dryRun: true });
    return metadata?.annotations?.[PROOF] === 'yes' ? undefined : 'a pod came back without the patch';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export function startLoad({ client, namespace, perSecond, limit }: LoadOptions): Load {
  const startedAt = performance.now();
  const ended = new AbortController();
  const failures: string[] = [];
  const pending = new Set<Promise<void>>();
  let begun = 0;
  const begin = (): void => {
    begun += 1;
    const one: Promise<void> = createdWithPatch(client, namespace).then((failure) => {
      if (failure !== undefined) failures.push(`${new Date().toISOString()} ${failure}`);
      pending.delete(one);
    });
    pending.add(one);
  };
  const pacing = (async () => {
    while (!ended.signal.aborted && begun < limit) {
      const due = Math.min(limit, Math.floor(((performance.now() - startedAt) / 1000) * perSecond));
      // What could not be begun in time is not made up for: the pace never exceeds what was asked for by much.
      for (let extra = 0; begun < due && extra < perSecond && pending.size < MOST_UNANSWERED; extra += 1) begin();
      await setTimeout(5);
    }
  })();
  return {
    count: () => begun,
    stop: async () => {
      ended.abort();
      await pacing;
      await Promise.all(pending);
      const seconds = (performance.now() - startedAt) / 1000;
      return { created: begun, failures, perSecond: begun / seconds };
    },
  };
}

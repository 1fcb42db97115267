import type { ResourceQuota } from '../../api/kubernetes.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { Clock } from '../../kube/clock.ts';
import type { Logger } from '../../kube/log.ts';
import { resources } from '../../kube/resources.ts';

/** A burst of applications in one namespace asks once. */
const FRESH_MS = 2_000;
/** An admission review is over after ten seconds at most. */
const WITHIN_MS = 3_000;
/** Answers that are kept at a time. */
const MAX_KEPT = 1_000;

interface Kept {
  readonly at: number;
  readonly answer: Promise<readonly ResourceQuota[] | undefined>;
}

/** The ResourceQuotas of a namespace, at most two seconds old; undefined when the API server did not say in time. Never rejects. */
export function quotasOf(
  client: KubeClient,
  clock: Clock,
  log: Logger,
): (namespace: string) => Promise<readonly ResourceQuota[] | undefined> {
  const kept = new Map<string, Kept>();
  const list = async (namespace: string): Promise<readonly ResourceQuota[] | undefined> => {
    try {
      const signal = AbortSignal.timeout(WITHIN_MS);
      return (await client.list(resources.resourcequotas, { namespace, signal })).items;
    } catch (err) {
      kept.delete(namespace);
      log.warn({ namespace, err }, 'Could not read the quotas of a namespace');
      return undefined;
    }
  };
  return (namespace) => {
    const now = clock.monotonic();
    const known = kept.get(namespace);
    if (known !== undefined && now - known.at < FRESH_MS) return known.answer;
    if (kept.size >= MAX_KEPT) kept.clear();
    const answer = list(namespace);
    kept.set(namespace, { at: now, answer });
    return answer;
  };
}

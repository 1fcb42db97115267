import { validatePodDefaults } from '../../spark/pod-defaults/validate.ts';
import type { KubeClient } from '../../kube/client.ts';
import { isForbidden, isNotFound } from '../../kube/errors.ts';
import { refOf, type Key } from '../../kube/key.ts';
import type { Logger } from '../../kube/log.ts';
import { resources } from '../../kube/resources.ts';
import { mergeDiff } from '../sparkapplication/merge-diff.ts';
import { copyReport } from './copy-report.ts';
import type { Outcomes } from './propagation.ts';
import { statusOf } from './ready.ts';
import { propagates, type Target } from './wanted-copies.ts';
import type { PodDefaultsWatch } from './watch-pod-defaults.ts';

export interface StatusWorld {
  readonly client: KubeClient;
  readonly podDefaults: PodDefaultsWatch;
  readonly targets: () => readonly Target[];
  readonly operatorNamespace: string;
  readonly outcomes: ReadonlyMap<string, Outcomes>;
  readonly now: () => number;
}

/**
 * One merge patch of what the status of some defaults lacks; nothing when it says all. Without the right to write it the
 * defaults work all the same. Throws ApiError when another try may help.
 */
export async function writeStatus(world: StatusWorld, key: Key, log: Logger): Promise<void> {
  const { client, podDefaults, operatorNamespace, outcomes } = world;
  const object = podDefaults.get(key);
  if (object === undefined || object.metadata.deletionTimestamp !== undefined) return;
  const status = statusOf(object, {
    now: world.now(),
    violations: validatePodDefaults(object, operatorNamespace),
    ...(propagates(object, operatorNamespace)
      ? { copies: copyReport(object, world.targets(), operatorNamespace, outcomes) }
      : {}),
  });
  const patch = mergeDiff(object.status ?? {}, status);
  if (patch === undefined) return;
  const { resourceVersion } = object.metadata;
  const body = { metadata: { resourceVersion }, status: patch };
  try {
    podDefaults.accept(await client.patch(resources.sparkPodDefaults, refOf(key), body, { subresource: 'status' }));
  } catch (error) {
    if (isNotFound(error)) return;
    if (!isForbidden(error)) throw error;
    log.warn({ err: error }, 'Cannot write the status of SparkPodDefaults');
  }
}

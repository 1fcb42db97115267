import { setTimeout } from 'node:timers/promises';

import type { Cluster, ClusterTemplate } from '../container-infra/magnum.ts';
import type { Login } from '../identity/session.ts';
import { failedWith } from '../openstack-error.ts';
import type { KubeWorld } from './kube-world.ts';
import type { PreflightFacts } from './preflight.ts';

/** What is known already when an order is prepared. */
export interface Known {
  readonly login: Login;
  readonly projectId: string;
  readonly template: ClusterTemplate;
  readonly clusters: readonly Cluster[];
}

/** So long Nova may take: Magnum itself checks what counts. */
const PATIENCE_MS = 20_000;

/** Reads, all at once, what an order is checked against. What a cloud does not tell (in time) is left undefined. */
export async function gatherFacts(
  { magnum, nova }: Pick<KubeWorld, 'magnum' | 'nova'>,
  known: Known,
): Promise<PreflightFacts> {
  const whereTold = <T>(answer: Promise<T>): Promise<T | undefined> =>
    Promise.race([unlessRefused(answer), setTimeout(PATIENCE_MS, undefined, { ref: false })]);
  const [{ max }, clusterQuota, flavors, keypairs, limits] = await Promise.all([
    magnum.versions(),
    magnum.clusterQuota(known.projectId),
    whereTold(nova.flavors()),
    whereTold(nova.keypairs()),
    whereTold(nova.limits()),
  ]);
  const { login, template, clusters } = known;
  return {
    login,
    max,
    template,
    clusters,
    clusterQuota,
    flavors,
    keypairs: keypairs?.map(({ name }) => name),
    limits,
  };
}

async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (failedWith(error, 'Forbidden', 'NotFound', 'NoEndpoint', 'Unreachable', 'TimedOut', 'ServerError'))
      return undefined;
    throw error;
  }
}

import type { Nova } from '../compute/nova.ts';
import type { Cluster, ClusterTemplate, Magnum } from '../container-infra/magnum.ts';
import type { Login } from '../identity/session.ts';
import { failedWith } from '../openstack-error.ts';
import type { PreflightFacts } from './preflight.ts';

/** What is known already when an order is prepared. */
export interface Known {
  readonly login: Login;
  readonly projectId: string;
  readonly template: ClusterTemplate;
  readonly clusters: readonly Cluster[];
}

/** Reads, all at once, what an order is checked against. What a cloud does not tell is left undefined. */
export async function gatherFacts(magnum: Magnum, nova: Nova, known: Known): Promise<PreflightFacts> {
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

/** Nova only helps to warn: Magnum itself checks what counts. */
async function whereTold<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (failedWith(error, 'Forbidden', 'NotFound', 'NoEndpoint', 'Unreachable', 'TimedOut', 'ServerError'))
      return undefined;
    throw error;
  }
}

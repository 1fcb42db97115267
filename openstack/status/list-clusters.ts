import type { Cluster } from '../container-infra/magnum.ts';
import { magnum } from '../container-infra/magnum-client.ts';
import { versionedRequests } from '../container-infra/versioned-requests.ts';
import { everyPage } from '../every-page.ts';
import type { Session } from '../identity/session.ts';
import { failedWith } from '../openstack-error.ts';

/**
 * The clusters of the project, page by page, by name. With version and age, which plain lists do not carry, where the cloud's
 * policy lets us (`cluster:detail`). @throws OpenStackError
 */
export async function listClusters(session: Session): Promise<readonly Cluster[]> {
  const clusters = await inDetail(session);
  return clusters.toSorted((a, b) => a.name.localeCompare(b.name) || a.uuid.localeCompare(b.uuid));
}

async function inDetail(session: Session): Promise<readonly Cluster[]> {
  const { request } = versionedRequests(session);
  const call = { service: 'container-infra', method: 'GET', path: '/v1/clusters/detail' } as const;
  try {
    return await everyPage<Cluster>(session, { call, field: 'clusters', markerOf: ({ uuid }) => uuid, request });
  } catch (error) {
    if (failedWith(error, 'Forbidden', 'NotFound')) return magnum(session).clusters();
    throw error;
  }
}

import { everyPage } from '../every-page.ts';
import type { Session } from '../identity/session.ts';
import { failedWith } from '../openstack-error.ts';
import { certificateCalls } from './certificate-calls.ts';
import type { Cluster, ClusterTemplate, Magnum, NodeGroup } from './magnum.ts';
import { hasSince, NODE_GROUPS, QUOTAS } from './microversion.ts';
import { defaultNodeGroups } from './default-node-groups.ts';
import { versionedRequests } from './versioned-requests.ts';

/** Magnum over a session. The version is negotiated with the first call. */
export function magnum(session: Session): Magnum {
  const { request, versions, microversion } = versionedRequests(session);

  const get = async <T>(path: string): Promise<T> => (await request<T>({ method: 'GET', path })).body;

  const all = async <T extends { readonly uuid: string }>(path: string, field: string): Promise<readonly T[]> =>
    everyPage<T>(session, {
      call: { service: 'container-infra', method: 'GET', path },
      field,
      markerOf: ({ uuid }) => uuid,
      request,
    });

  const cluster = (ident: string): Promise<Cluster> => get(`/v1/clusters/${encodeURIComponent(ident)}`);

  return {
    versions,
    microversion,
    clusterTemplates: () => all<ClusterTemplate>('/v1/clustertemplates', 'clustertemplates'),
    clusterTemplate: (ident) => get(`/v1/clustertemplates/${encodeURIComponent(ident)}`),
    clusters: () => all<Cluster>('/v1/clusters', 'clusters'),
    cluster,
    createCluster: async (order) => {
      const { body } = await request<{ uuid: string }>({ method: 'POST', path: '/v1/clusters', body: order });
      return { uuid: body.uuid };
    },
    deleteCluster: async (uuid) => {
      await request({ method: 'DELETE', path: `/v1/clusters/${encodeURIComponent(uuid)}` });
    },
    nodeGroups: async (uuid) => {
      if (!hasSince(await microversion(), NODE_GROUPS)) return defaultNodeGroups(await cluster(uuid));
      return all<NodeGroup>(`/v1/clusters/${encodeURIComponent(uuid)}/nodegroups`, 'nodegroups');
    },
    ...certificateCalls(request),
    clusterQuota: async (projectId) =>
      hasSince(await microversion(), QUOTAS)
        ? quotaOf(() => get(`/v1/quotas/${encodeURIComponent(projectId)}/Cluster`))
        : undefined,
  };
}

/** A number to warn by, not to depend on: policies may hide it. Negative means unlimited. */
async function quotaOf(read: () => Promise<{ readonly hard_limit: number }>): Promise<number | undefined> {
  try {
    const { hard_limit: limit } = await read();
    return limit < 0 ? undefined : limit;
  } catch (error) {
    if (failedWith(error, 'Forbidden', 'NotFound', 'NotAcceptable', 'BadRequest')) return undefined;
    throw error;
  }
}

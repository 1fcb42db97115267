import { type Answer, jsonAnswer, Refusal, withHeaders } from '../http/answer.ts';
import type { FakeRequest } from '../http/request.ts';
import { type Route, route } from '../http/route.ts';
import { type ServiceCaller, serviceCaller } from '../keystone/service-caller.ts';
import type { World } from '../world.ts';
import { deleteCluster, resizeCluster, rotateAuthority, upgradeCluster } from './actions.ts';
import { showAuthority, signCertificate } from './certificates.ts';
import { createCluster } from './create.ts';
import { policyForbids } from './errors.ts';
import { clustersOf, findCluster, findNodeGroup, findTemplate, nodeGroupsOf, pageOf, templatesOf } from './lookup.ts';
import { minorVersionOf, needsMinor, versionHeaders } from './microversion.ts';
import { setQuota, showQuota, showStats } from './quotas.ts';
import { clusterDetail, clusterSummary, nodeGroupSummary, nodeGroupView, templateView } from './views.ts';

type MagnumHandler = (
  request: FakeRequest,
  world: World,
  caller: ServiceCaller,
  minor: number,
) => Answer | Promise<Answer>;

/** A row below `/v1`: the caller is known, the version negotiated, and what came later than it is refused. */
function versioned(what: string, since: number, handle: MagnumHandler): Route {
  return route(what, async (request, world) => {
    const caller = serviceCaller(world, request);
    const minor = minorVersionOf(world, request);
    const headers = versionHeaders(world, `1.${minor}`);
    needsMinor(minor, since, apiOf(request));
    try {
      return withHeaders(await handle(request, world, caller, minor), headers);
    } catch (error) {
      if (error instanceof Refusal) throw new Refusal(withHeaders(error.answer, headers));
      throw error;
    }
  });
}

/** Magnum's name for what a path leads to, in refusals: the first method that it looks up. */
const apiOf = ({ path }: FakeRequest): string =>
  path.includes('/nodegroups') ? 'delete' : path.includes('/actions/') ? path.replace(/.*\//, '') : 'patch';

/** Magnum, API version 1. */
export const magnumRoutes: readonly Route[] = [
  route('GET /', (_request, world) => jsonAnswer(200, root(world))),
  route('GET /v1', (_request, world) =>
    jsonAnswer(200, { id: 'v1', links: root(world).versions[0]?.links }, versionHeaders(world, '1.1')),
  ),
  versioned('GET /v1/clustertemplates', 1, (request, world, caller) => {
    const { page } = pageOf(request, templatesOf(world, caller));
    return jsonAnswer(200, { clustertemplates: page.map((template) => templateView(world, template)) });
  }),
  versioned('GET /v1/clustertemplates/:template', 1, ({ params }, world, caller) =>
    jsonAnswer(200, templateView(world, findTemplate(world, caller, params['template'] ?? ''))),
  ),
  versioned('GET /v1/clusters', 1, listClusters),
  versioned('GET /v1/clusters/detail', 1, listClusters),
  versioned('POST /v1/clusters', 1, createCluster),
  versioned('GET /v1/clusters/:cluster', 1, ({ params }, world, caller, minor) =>
    jsonAnswer(200, clusterDetail(world, findCluster(world, caller, params['cluster'] ?? ''), minor)),
  ),
  versioned('DELETE /v1/clusters/:cluster', 1, deleteCluster),
  versioned('POST /v1/clusters/:cluster/actions/resize', 7, resizeCluster),
  versioned('POST /v1/clusters/:cluster/actions/upgrade', 8, upgradeCluster),
  versioned('GET /v1/clusters/:cluster/nodegroups', 9, listNodeGroups),
  versioned('GET /v1/clusters/:cluster/nodegroups/:group', 9, ({ params }, world, caller) => {
    const cluster = findCluster(world, caller, params['cluster'] ?? '');
    return jsonAnswer(200, nodeGroupView(world, cluster, findNodeGroup(world, cluster, params['group'] ?? '')));
  }),
  versioned('GET /v1/certificates/:cluster', 1, showAuthority),
  versioned('POST /v1/certificates', 1, signCertificate),
  versioned('PATCH /v1/certificates/:cluster', 5, rotateAuthority),
  versioned('GET /v1/quotas/:project/:resource', 1, showQuota),
  versioned('POST /v1/quotas', 1, setQuota),
  versioned('GET /v1/stats', 1, showStats),
  versioned('GET /v1/mservices', 1, (_request, _world, caller) => {
    if (!caller.isAdmin) throw policyForbids('magnum-service:get_all');
    return jsonAnswer(200, { mservices: [{ id: 1, binary: 'magnum-conductor', state: 'up', report_count: 1 }] });
  }),
];

function root(world: World) {
  const base = world.endpoints.containerInfra.replace(/\/v1$/, '');
  return {
    name: 'OpenStack Magnum API',
    description: 'Magnum is an OpenStack project which aims to provide container cluster management.',
    versions: [
      {
        id: 'v1',
        status: 'CURRENT',
        min_version: '1.1',
        max_version: world.settings.maxMicroversion,
        links: [{ href: `${base}/v1/`, rel: 'self' }],
      },
    ],
  };
}

function listClusters(request: FakeRequest, world: World, caller: ServiceCaller, minor: number): Answer {
  const expand = request.path.endsWith('/detail');
  const { page, limit, next } = pageOf(request, clustersOf(world, caller));
  const url = `${world.endpoints.containerInfra}/clusters${expand ? '/detail' : ''}`;
  return jsonAnswer(200, {
    clusters: page.map((cluster) => (expand ? clusterDetail : clusterSummary)(world, cluster, minor)),
    ...(next === undefined ? {} : { next: `${url}?sort_key=id&sort_dir=asc&limit=${limit}&marker=${next}` }),
  });
}

function listNodeGroups(request: FakeRequest, world: World, caller: ServiceCaller): Answer {
  const cluster = findCluster(world, caller, request.params['cluster'] ?? '');
  const role = request.query.get('role');
  const found = nodeGroupsOf(world, cluster.uuid).filter((group) => role === null || group.role === role);
  return jsonAnswer(200, { nodegroups: found.map((group) => nodeGroupSummary(cluster, group)) });
}

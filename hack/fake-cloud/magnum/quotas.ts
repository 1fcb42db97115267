import { type Answer, jsonAnswer } from '../http/answer.ts';
import { at, parseBody, textAt } from '../http/body.ts';
import type { FakeRequest } from '../http/request.ts';
import type { ServiceCaller } from '../keystone/service-caller.ts';
import type { World } from '../world.ts';
import { magnumError, policyForbids } from './errors.ts';

/** How many clusters a project may have. */
export const clusterLimit = (world: World, projectId: string): number =>
  world.state.clusterQuotas[projectId] ?? world.settings.quotas.clusters;

/** `GET /v1/quotas/:project/:resource`: one's own project's. */
export function showQuota({ params }: FakeRequest, world: World, caller: ServiceCaller): Answer {
  const { project = '', resource = '' } = params;
  if (project !== caller.projectId && !caller.isAdmin) throw magnumError(403, 'Not authorized.');
  return jsonAnswer(200, { project_id: project, resource, hard_limit: clusterLimit(world, project) });
}

/** `POST /v1/quotas`: an administrator sets a project's limit. */
export function setQuota(request: FakeRequest, world: World, caller: ServiceCaller): Answer {
  if (!caller.isAdmin) throw policyForbids('quota:create');
  const body = parseBody(request.body);
  const projectId = textAt(body, 'project_id') ?? '';
  const limit = Number(at(body, 'hard_limit') ?? 1);
  if (world.state.clusterQuotas[projectId] !== undefined)
    throw magnumError(409, `Quota for project ${projectId} already exists for resource Cluster.`);
  world.state.clusterQuotas[projectId] = limit;
  return jsonAnswer(201, { id: 1, project_id: projectId, resource: 'Cluster', hard_limit: limit });
}

/** `GET /v1/stats`: how many clusters and nodes a project has. */
export function showStats({ query }: FakeRequest, world: World, caller: ServiceCaller): Answer {
  const project = query.get('project_id') ?? caller.projectId;
  if (project !== caller.projectId && !caller.isAdmin) throw magnumError(403, 'Not authorized.');
  const clusters = world.state.clusters.filter(({ projectId }) => projectId === project);
  const uuids = new Set(clusters.map(({ uuid }) => uuid));
  const nodes = world.state.nodeGroups.filter(({ clusterUuid }) => uuids.has(clusterUuid));
  return jsonAnswer(200, {
    clusters: clusters.length,
    nodes: nodes.reduce((sum, { nodeCount }) => sum + nodeCount, 0),
  });
}

import type { FakeRequest } from '../http/request.ts';
import type { ServiceCaller } from '../keystone/service-caller.ts';
import type { World } from '../world.ts';
import { magnumError } from './errors.ts';
import type { ClusterRecord, NodeGroupRecord, TemplateRecord } from './records.ts';

const UUID = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => UUID.test(text);

/** The clusters that a caller sees: its project's, or all for an administrator. Oldest first. */
export const clustersOf = (world: World, caller: ServiceCaller): readonly ClusterRecord[] =>
  world.state.clusters.filter(({ projectId }) => caller.isAdmin || projectId === caller.projectId);

/** By uuid, else by name. Throws 404, or 409 when several have the name. */
export function findCluster(world: World, caller: ServiceCaller, ident: string): ClusterRecord {
  const found = clustersOf(world, caller).filter(({ uuid, name }) => (isUuid(ident) ? uuid : name) === ident);
  const [first] = found;
  if (first === undefined) throw magnumError(404, `Cluster ${ident} could not be found.`);
  if (found.length > 1)
    throw magnumError(409, 'Multiple clusters exist with same name. Please use the cluster uuid instead.');
  return first;
}

/** By uuid, else by name: what is public or the project's own. Throws 404, or 409 when several have the name. */
export function findTemplate(world: World, caller: ServiceCaller, ident: string): TemplateRecord {
  const found = templatesOf(world, caller).filter(({ uuid, name }) => (isUuid(ident) ? uuid : name) === ident);
  const [first] = found;
  if (first === undefined) throw magnumError(404, `ClusterTemplate ${ident} could not be found.`);
  if (found.length > 1)
    throw magnumError(
      409,
      'Multiple ClusterTemplates exist with same name. Please use the ClusterTemplate uuid instead.',
    );
  return first;
}

export const templatesOf = (world: World, caller: ServiceCaller): readonly TemplateRecord[] =>
  world.state.templates.filter(
    ({ isPublic, hidden, projectId }) => caller.isAdmin || (isPublic && !hidden) || projectId === caller.projectId,
  );

export const nodeGroupsOf = (world: World, clusterUuid: string): readonly NodeGroupRecord[] =>
  world.state.nodeGroups.filter((group) => group.clusterUuid === clusterUuid);

/** By uuid, else by name. Throws 404. */
export function findNodeGroup(world: World, cluster: ClusterRecord, ident: string): NodeGroupRecord {
  const found = nodeGroupsOf(world, cluster.uuid).find(({ uuid, name }) => (isUuid(ident) ? uuid : name) === ident);
  if (found === undefined) throw magnumError(404, `Nodegroup ${ident} could not be found.`);
  return found;
}

/** Replaces a cluster by its next version. */
export function putCluster(world: World, next: ClusterRecord): void {
  const index = world.state.clusters.findIndex(({ uuid }) => uuid === next.uuid);
  if (index >= 0) world.state.clusters[index] = next;
  else world.state.clusters.push(next);
}

/** Replaces a group of nodes by its next version. */
export function putNodeGroup(world: World, next: NodeGroupRecord): void {
  const index = world.state.nodeGroups.findIndex(({ uuid }) => uuid === next.uuid);
  if (index >= 0) world.state.nodeGroups[index] = next;
  else world.state.nodeGroups.push(next);
}

/** Removes a cluster and all that belongs to it. */
export function dropCluster(world: World, uuid: string): void {
  const { clusters, nodeGroups, authorities } = world.state;
  const index = clusters.findIndex((cluster) => cluster.uuid === uuid);
  if (index >= 0) clusters.splice(index, 1);
  for (const group of nodeGroupsOf(world, uuid)) nodeGroups.splice(nodeGroups.indexOf(group), 1);
  Reflect.deleteProperty(authorities, uuid);
}

/** One page of a list, and the marker of the next. Throws 400 for a limit that is no positive number. */
export function pageOf<T extends { readonly uuid: string }>(
  { query }: FakeRequest,
  all: readonly T[],
): { readonly page: readonly T[]; readonly limit: number; readonly next: string | undefined } {
  const asked = query.get('limit');
  const limit = Math.min(MOST, asked === null ? MOST : Number(asked));
  if (!(limit > 0)) throw magnumError(400, 'Limit must be positive');
  const marker = query.get('marker');
  const after = marker === null ? -1 : all.findIndex(({ uuid }) => uuid === marker);
  if (marker !== null && after < 0) throw magnumError(404, `Cluster ${marker} could not be found.`);
  const page = all.slice(after + 1, after + 1 + limit);
  return { page, limit, next: page.length === limit ? page.at(-1)?.uuid : undefined };
}

/** Magnum's `max_limit`. */
const MOST = 1000;

import { type Answer, emptyAnswer, jsonAnswer } from '../http/answer.ts';
import { at, parseBody, textAt } from '../http/body.ts';
import type { FakeRequest } from '../http/request.ts';
import type { ServiceCaller } from '../keystone/service-caller.ts';
import type { World } from '../world.ts';
import { invalidInput, magnumError, policyForbids } from './errors.ts';
import { findCluster, findNodeGroup, findTemplate, putCluster, putNodeGroup } from './lookup.ts';
import type { NodeGroupRecord } from './records.ts';
import { acceptsResize } from './status-machine.ts';

function needMember(caller: ServiceCaller, action: string): void {
  if (!caller.roles.includes('member') && !caller.isAdmin) throw policyForbids(action);
}

/** `DELETE /v1/clusters/:ident`: at any time, also while creating. 204; the cluster goes later. */
export function deleteCluster(request: FakeRequest, world: World, caller: ServiceCaller): Answer {
  const cluster = findCluster(world, caller, request.params['cluster'] ?? '');
  needMember(caller, 'cluster:delete');
  putCluster(world, {
    ...cluster,
    status: 'DELETE_IN_PROGRESS',
    statusReason: undefined,
    operation: { kind: 'DELETE', dueMs: world.now() + world.settings.latencies.deleteMs, failure: undefined },
    updatedMs: world.now(),
  });
  return emptyAnswer(204);
}

/** `POST /v1/clusters/:ident/actions/resize`: always 202 within the bounds; dropped in silence where the status forbids it. */
export function resizeCluster(request: FakeRequest, world: World, caller: ServiceCaller): Answer {
  const cluster = findCluster(world, caller, request.params['cluster'] ?? '');
  needMember(caller, 'cluster:resize');
  const body = parseBody(request.body);
  const count = nodeCountOf(body);
  const group = findNodeGroup(world, cluster, textAt(body, 'nodegroup') ?? 'default-worker');
  checkBounds(group, count);
  if (acceptsResize(cluster.status)) {
    putNodeGroup(world, { ...group, wantedCount: count, nodeCount: count, status: 'UPDATE_IN_PROGRESS' });
    update(world, cluster.uuid);
  }
  return jsonAnswer(202, { uuid: cluster.uuid });
}

function nodeCountOf(body: unknown): number {
  const count = at(body, 'node_count');
  if (typeof count !== 'number') throw invalidInput('node_count', 'None', 'Mandatory field missing.');
  if (count < 0) throw invalidInput('node_count', String(count), 'Value should be greater or equal to 0');
  return count;
}

function checkBounds({ name, role, minCount, maxCount }: NodeGroupRecord, count: number): void {
  if (role === 'master') throw magnumError(400, 'Resizing a master nodegroup is not supported.');
  if (count < minCount || count > (maxCount ?? Infinity))
    throw magnumError(
      400,
      `Resizing ${name} outside the allowed range: min_node_count = ${minCount}, max_node_count = ${maxCount ?? 'None'}`,
    );
}

/** `POST /v1/clusters/:ident/actions/upgrade`: to another template. */
export function upgradeCluster(request: FakeRequest, world: World, caller: ServiceCaller): Answer {
  const cluster = findCluster(world, caller, request.params['cluster'] ?? '');
  needMember(caller, 'cluster:upgrade');
  const template = findTemplate(world, caller, textAt(parseBody(request.body), 'cluster_template') ?? '');
  if (!cluster.status.endsWith('_COMPLETE'))
    throw magnumError(400, `Upgrading a cluster when status is "${cluster.status}" is not supported.`);
  putCluster(world, { ...cluster, templateId: template.uuid });
  update(world, cluster.uuid);
  return jsonAnswer(202, { uuid: cluster.uuid });
}

/** `PATCH /v1/certificates/:ident`: a new authority; every certificate of the old one is worthless. */
export function rotateAuthority(request: FakeRequest, world: World, caller: ServiceCaller): Answer {
  const cluster = findCluster(world, caller, request.params['cluster'] ?? '');
  needMember(caller, 'certificate:rotate_ca');
  Reflect.deleteProperty(world.state.authorities, cluster.uuid);
  update(world, cluster.uuid);
  return emptyAnswer(202);
}

function update(world: World, uuid: string): void {
  const cluster = world.state.clusters.find((one) => one.uuid === uuid);
  if (cluster === undefined) return;
  putCluster(world, {
    ...cluster,
    status: 'UPDATE_IN_PROGRESS',
    statusReason: undefined,
    operation: { kind: 'UPDATE', dueMs: world.now() + world.settings.latencies.updateMs, failure: undefined },
    updatedMs: world.now(),
  });
}

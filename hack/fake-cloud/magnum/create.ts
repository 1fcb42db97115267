import { type Answer, jsonAnswer } from '../http/answer.ts';
import { parseBody } from '../http/body.ts';
import type { FakeRequest } from '../http/request.ts';
import { isDelegated, isRestricted, validToken } from '../keystone/tokens.ts';
import type { ServiceCaller } from '../keystone/service-caller.ts';
import type { World } from '../world.ts';
import { magnumError, policyForbids } from './errors.ts';
import { findTemplate, putCluster, putNodeGroup } from './lookup.ts';
import { newestMinor } from './microversion.ts';
import { clusterLimit } from './quotas.ts';
import type { ClusterOutcome } from './outcome.ts';
import { type Order, readOrder } from './order.ts';
import type { ClusterFailure, ClusterRecord, NodeGroupRecord, Operation, TemplateRecord } from './records.ts';
import { FLAVORS } from './seed.ts';

/** `POST /v1/clusters`: checks what Magnum's API checks, remembers the cluster, answers 202. */
export function createCluster(request: FakeRequest, world: World, caller: ServiceCaller, minor: number): Answer {
  const order = readOrder(parseBody(request.body), minor);
  if (!caller.roles.includes('member') && !caller.isAdmin) throw policyForbids('cluster:create');
  const template = templateFor(world, caller, order, minor);
  checkQuota(world, caller);
  checkParts(world, caller, order, template);
  const cluster = recordOf(world, caller, order, template);
  putCluster(world, cluster);
  for (const group of groupsOf(world, cluster, order)) putNodeGroup(world, group);
  return jsonAnswer(202, { uuid: cluster.uuid });
}

/** Up to 1.9 an unknown template is the request's fault (400), later it is not found (404). */
function templateFor(world: World, caller: ServiceCaller, order: Order, minor: number): TemplateRecord {
  try {
    return findTemplate(world, caller, order.template);
  } catch (error) {
    if (minor >= 10) throw error;
    throw magnumError(400, `ClusterTemplate ${order.template} could not be found.`);
  }
}

function checkQuota(world: World, caller: ServiceCaller): void {
  const limit = clusterLimit(world, caller.projectId);
  const used = world.state.clusters.filter(({ projectId }) => projectId === caller.projectId).length;
  if (used >= limit)
    throw magnumError(
      403,
      `Resource limit exceeded: You have reached the maximum clusters per project, ${limit}. You may delete a cluster ` +
        'to make room for a new one.',
    );
}

function checkParts(world: World, caller: ServiceCaller, order: Order, template: TemplateRecord): void {
  for (const flavor of [order.flavor ?? template.flavorId, order.masterFlavor ?? template.masterFlavorId])
    if (!FLAVORS.some(({ id, name }) => id === flavor || name === flavor))
      throw magnumError(400, `Unable to find flavor ${flavor}.`);
  checkKeypair(world, caller, order.keypair ?? template.keypair);
  if (order.masterCount > 1 && !(order.masterLbEnabled ?? hasLoadBalancer(world, template)))
    throw magnumError(400, 'master_count must be 1 when master_lb_enabled is False');
}

function checkKeypair(world: World, caller: ServiceCaller, keypair: string | undefined): void {
  if (keypair === undefined) return;
  const isKnown = world.state.keypairs.some(({ name, userId }) => name === keypair && userId === caller.userId);
  if (!isKnown) throw magnumError(404, `Unable to find keypair ${keypair}.`);
}

/** The drivers on Cluster API always put a load balancer in front. */
const hasLoadBalancer = (world: World, template: TemplateRecord): boolean =>
  template.masterLbEnabled || world.settings.drivers !== 'heat';

function labelsOf(order: Order, template: TemplateRecord): Readonly<Record<string, string>> {
  if (order.labels === undefined || Object.keys(order.labels).length === 0) return template.labels;
  return order.mergeLabels ? { ...template.labels, ...order.labels } : order.labels;
}

function recordOf(world: World, caller: ServiceCaller, order: Order, template: TemplateRecord): ClusterRecord {
  const uuid = world.uuid();
  const doomed = delegationFailure(world, caller, uuid);
  return {
    uuid,
    name: order.name ?? `zeta-${world.hex(2)}-cluster`,
    projectId: caller.projectId,
    userId: caller.userId,
    templateId: template.uuid,
    status: 'CREATE_IN_PROGRESS',
    statusReason: undefined,
    faults: {},
    operation: doomed ?? operationFor(world, world.outcomes.shift() ?? { outcome: 'complete' }),
    stackId: doomed === undefined ? world.uuid() : undefined,
    createdMs: world.now(),
    updatedMs: undefined,
    labels: labelsOf(order, template),
    ownLabels: order.labels ?? {},
    apiAddress: undefined,
    masterCount: order.masterCount,
    createTimeout: order.createTimeout,
    fixedNetwork: order.fixedNetwork,
    fixedSubnet: order.fixedSubnet,
    dockerVolumeSize: order.dockerVolumeSize,
    ...inherited(world, order, template),
  };
}

/** What a template gives unless the order says otherwise. */
const inherited = (
  world: World,
  order: Order,
  template: TemplateRecord,
): Pick<ClusterRecord, 'keypair' | 'flavorId' | 'masterFlavorId' | 'floatingIpEnabled' | 'masterLbEnabled'> => ({
  keypair: order.keypair ?? template.keypair,
  flavorId: order.flavor ?? template.flavorId,
  masterFlavorId: order.masterFlavor ?? template.masterFlavorId,
  floatingIpEnabled: order.floatingIpEnabled ?? template.floatingIpEnabled,
  masterLbEnabled: order.masterLbEnabled ?? hasLoadBalancer(world, template),
});

/**
 * Up to microversion 1.12 the conductor makes a trust with the caller's token; later the drivers on Cluster API make an
 * application credential. Keystone refuses the first to delegated logins, the second to restricted ones. The API does not
 * know this: the cluster fails.
 */
function delegationFailure(world: World, caller: ServiceCaller, uuid: string): Operation | undefined {
  const token = validToken(world, caller.token);
  if (token === undefined || !isDelegated(token)) return undefined;
  const makesTrusts = newestMinor(world) < 13;
  const isRefused = isRestricted(world, token) || (makesTrusts && world.settings.policy === 'patched');
  if (!isRefused) return undefined;
  const reason = makesTrusts
    ? `Failed to create trustee or trust for Cluster: ${uuid}`
    : "You are not authorized to perform the requested action: Using method 'application_credential' is not allowed " +
      'for managing additional application credentials. (HTTP 403)';
  return { kind: 'CREATE', dueMs: world.now(), failure: { reason, faults: {} } };
}

function operationFor(world: World, outcome: ClusterOutcome): Operation {
  const { createMs } = world.settings.latencies;
  if (outcome.outcome === 'stuck') return { kind: 'CREATE', dueMs: undefined, failure: undefined };
  const dueMs = world.now() + (outcome.createMs ?? createMs);
  if (outcome.outcome === 'complete') return { kind: 'CREATE', dueMs, failure: undefined };
  // This driver never reports a failure: Cluster API goes on trying.
  if (world.settings.drivers === 'vexxhost') return { kind: 'CREATE', dueMs: undefined, failure: undefined };
  return { kind: 'CREATE', dueMs, failure: failureOf(world, outcome.reason, outcome.faults) };
}

/** With Heat the faults tell the reason, and the status tells which groups of nodes have failed. */
function failureOf(world: World, reason: string, given: ClusterFailure['faults'] | undefined): ClusterFailure {
  const faults = given ?? { 'default-master': reason, 'default-worker': reason };
  const groups = Object.keys(faults).map((group) => `${group} failed`);
  return { reason: world.settings.drivers === 'heat' && groups.length > 0 ? groups.join(', ') : reason, faults };
}

function groupsOf(world: World, cluster: ClusterRecord, order: Order): readonly NodeGroupRecord[] {
  const template = world.state.templates.find(({ uuid }) => uuid === cluster.templateId);
  const group = (role: 'master' | 'worker', count: number, flavorId: string): NodeGroupRecord => ({
    uuid: world.uuid(),
    clusterUuid: cluster.uuid,
    name: `default-${role}`,
    role,
    isDefault: true,
    nodeCount: count,
    wantedCount: count,
    minCount: role === 'master' ? 1 : 0,
    maxCount: undefined,
    flavorId,
    imageId: template?.imageId ?? '',
    labels: cluster.labels,
    status: 'CREATE_IN_PROGRESS',
    createdMs: cluster.createdMs,
  });
  return [
    group('master', order.masterCount, cluster.masterFlavorId),
    group('worker', order.nodeCount, cluster.flavorId),
  ];
}

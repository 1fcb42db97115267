import type { KubernetesObject } from '../../api/kubernetes.ts';
import { isForbidden, isNotFound } from '../../kube/errors.ts';
import { keyOf, type ObjectRef } from '../../kube/key.ts';
import { resources, type Resource } from '../../kube/resources.ts';
import { definitions, type CustomResourceDefinition } from '../crd.ts';
import type { HookContext } from '../hook.ts';
import { accessNeeds, type Access } from './access-needs.ts';
import type { Known } from './finding.ts';
import { OPERATOR_SELECTOR, peersAmong, peerWebhooksAmong, type Deployment } from './peers.ts';
import type { PreflightSettings } from './preflight.ts';
import type { PeerWebhook, Seen } from './seen.ts';

/**
 * Reads what the checks look at, all at once. What the service account may not read is not known, and no failure: rights that
 * only a preflight would use are better not given.
 *
 * @throws when the API server cannot be reached, or fails.
 */
export async function gather(
  context: HookContext,
  settings: PreflightSettings,
  wanted: readonly CustomResourceDefinition[],
): Promise<Seen> {
  const exists = async (resource: Resource, ref: ObjectRef): Promise<Known<boolean>> =>
    known(async () => (await find(context, resource, ref)) !== undefined);
  const access = accessNeeds(settings.needs, settings, wanted);
  const [version, apis, crds, peers, peerWebhooks, namespaces, secrets, rights] = await Promise.all([
    known(() => serverVersion(context)),
    known(() => servedApis(context)),
    Promise.all(wanted.map((crd) => known(() => find(context, definitions, { name: crd.metadata.name })))),
    known(async () => peersAmong(await operatorDeployments(context), settings.namespace)),
    known(() => otherWebhooks(context, settings)),
    Promise.all(settings.jobNamespaces.map((name) => exists(resources.namespaces, { name }))),
    Promise.all(settings.requiredSecrets.map((ref) => exists(resources.secrets, ref))),
    Promise.all(access.map((right) => known(() => isAllowed(context, right)))),
  ]);
  return {
    ...{ version, apis, peers, peerWebhooks },
    definitions: wanted.map((crd, i) => ({ wanted: crd, existing: crds[i] ?? unknown })),
    namespaces: settings.jobNamespaces.map((name, i) => ({ name, exists: namespaces[i] ?? unknown })),
    secrets: settings.requiredSecrets.map((ref, i) => ({ name: keyOf(ref), exists: secrets[i] ?? unknown })),
    access: access.map((right, i) => ({ access: right, allowed: rights[i] ?? unknown })),
  };
}

const unknown = { known: false, why: 'nobody looked' } as const;

async function known<T>(read: () => Promise<T>): Promise<Known<T>> {
  try {
    return { known: true, value: await read() };
  } catch (error) {
    if (isForbidden(error) && error instanceof Error) return { known: false, why: error.message };
    throw error;
  }
}

async function find<T>({ client, signal }: HookContext, resource: Resource<T>, ref: ObjectRef): Promise<T | undefined> {
  try {
    return await client.get(resource, ref, { signal });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function read({ client, signal }: HookContext, path: string): Promise<unknown> {
  return client.transport.request({ verb: 'get', method: 'GET', resource: path.slice(1), path, signal });
}

async function serverVersion(context: HookContext): Promise<{ text: string; major: number; minor: number }> {
  // Parse boundary: version.Info of the API server. A provider may write the minor as `31+`.
  const { gitVersion, major, minor } = (await read(context, '/version')) as Readonly<Record<string, string>>;
  return { text: gitVersion ?? '?', major: Number.parseInt(major ?? '', 10), minor: Number.parseInt(minor ?? '', 10) };
}

async function servedApis(context: HookContext): Promise<readonly string[]> {
  // Parse boundary: an APIGroupList (apimachinery, meta/v1).
  const { groups = [] } = (await read(context, '/apis')) as {
    readonly groups?: readonly { readonly versions: readonly { readonly groupVersion: string }[] }[];
  };
  return groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => groupVersion));
}

async function operatorDeployments({ client, signal }: HookContext): Promise<readonly Deployment[]> {
  // The resource says only that these are Kubernetes objects; the API server sends Deployments.
  const { items } = await client.list<Deployment>(resources.deployments as Resource<Deployment>, {
    labelSelector: OPERATOR_SELECTOR,
    signal,
  });
  return items;
}

async function otherWebhooks(
  { client, signal }: HookContext,
  { configurationName, namespace }: PreflightSettings,
): Promise<readonly PeerWebhook[]> {
  const kinds = [resources.mutatingWebhookConfigurations, resources.validatingWebhookConfigurations] as const;
  const lists = await Promise.all(
    kinds.map(async (kind) => peerWebhooksAmong(kind.kind, (await client.list(kind, { signal })).items)),
  );
  return lists.flat().filter((found) => found.name !== configurationName || found.serviceNamespace !== namespace);
}

/** Asks the API server about our own rights; every authenticated user may (system:basic-user). */
async function isAllowed({ client, signal }: HookContext, access: Access): Promise<boolean> {
  const review: SelfSubjectAccessReview = { spec: { resourceAttributes: access } };
  const { status } = await client.create(selfSubjectAccessReviews, review, { signal });
  return status?.allowed === true;
}

interface SelfSubjectAccessReview extends KubernetesObject {
  readonly spec: { readonly resourceAttributes: Access };
  readonly status?: { readonly allowed: boolean };
}

const selfSubjectAccessReviews: Resource<SelfSubjectAccessReview> = {
  group: 'authorization.k8s.io',
  version: 'v1',
  plural: 'selfsubjectaccessreviews',
  kind: 'SelfSubjectAccessReview',
  namespaced: false,
};

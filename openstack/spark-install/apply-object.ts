import type { KubernetesObject } from '../../api/kubernetes.ts';
import type { KubeClient } from '../../kube/client.ts';
import { isNotFound } from '../../kube/errors.ts';
import type { ObjectRef } from '../../kube/key.ts';
import { apiVersionOf, type Resource } from '../../kube/resources.ts';

/** What became of a step: what is repeated without a change is `unchanged`. */
export type Outcome = 'created' | 'updated' | 'unchanged';

/** The field manager of everything that opsparkctl writes into a cluster. */
export const FIELD_MANAGER = 'opsparkctl';

/** On every object that opsparkctl makes. */
export const MANAGED_LABELS = { 'app.kubernetes.io/managed-by': 'opsparkctl' } as const;

interface ApplyOptions {
  readonly fieldManager?: string;
}

/** Applies an object by server-side apply: made when it is not there, changed only where it differs. */
export async function applyObject(
  client: KubeClient,
  resource: Resource,
  object: KubernetesObject,
  { fieldManager = FIELD_MANAGER }: ApplyOptions = {},
): Promise<Outcome> {
  const { name = '', namespace } = object.metadata ?? {};
  const ref = { name, namespace };
  const before = await found<KubernetesObject>(client, resource, ref);
  const wanted = { apiVersion: apiVersionOf(resource), kind: resource.kind, ...object };
  const after = await client.patch<KubernetesObject>(typed(resource), ref, wanted, {
    type: 'apply',
    fieldManager,
    force: true,
  });
  if (before === undefined) return 'created';
  return before.metadata?.resourceVersion === after.metadata?.resourceVersion ? 'unchanged' : 'updated';
}

/** The object, or undefined when it, or its kind, is not there. */
export async function found<T>(client: KubeClient, resource: Resource, ref: ObjectRef): Promise<T | undefined> {
  try {
    return await client.get<T>(typed(resource), ref);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Deletes an object; answers whether it was there. */
export async function remove(client: KubeClient, resource: Resource, ref: ObjectRef): Promise<'deleted' | 'absent'> {
  try {
    await client.delete(resource, ref, { propagationPolicy: 'Background' });
    return 'deleted';
  } catch (error) {
    if (isNotFound(error)) return 'absent';
    throw error;
  }
}

/** The caller knows the shape of the objects of a resource that the table does not type. */
const typed = <T>({ group, version, plural, kind, namespaced }: Resource): Resource<T> => ({
  ...{ group, version, plural },
  ...{ kind, namespaced },
});

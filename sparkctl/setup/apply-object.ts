import type { KubernetesObject } from '../../api/kubernetes.ts';
import { isForbidden, isNotFound } from '../../kube/errors.ts';
import type { Resource } from '../../kube/resources.ts';
import type { ObjectRef } from '../../kube/key.ts';
import type { Cluster } from '../cli.ts';
import type { WantedObject } from './namespace-objects.ts';

/** What applying an object came to, in kubectl's words. */
export type Applied = 'created' | 'unchanged' | 'configured';

/** Applies one object: made when it is not there, changed only where it differs. */
export async function applyObject(cluster: Cluster, { resource, object }: WantedObject): Promise<Applied> {
  const ref = refOf(object);
  const before = await found(cluster, resource, ref);
  const after = await cluster.apply(resource, object, ref);
  if (before === undefined) return 'created';
  return before.metadata?.resourceVersion === after.metadata?.resourceVersion ? 'unchanged' : 'configured';
}

/** The object, or undefined when it is not there. */
export async function found(
  cluster: Cluster,
  resource: Resource,
  ref: ObjectRef,
): Promise<KubernetesObject | undefined> {
  try {
    // Every object of the API server has this shape.
    return (await cluster.get(resource, ref)) as KubernetesObject;
  } catch (error) {
    if (error instanceof Error && isNotFound(error.cause)) return undefined;
    throw error;
  }
}

/** True when the API server refused because of rights. */
export const wasForbidden = (error: unknown): error is Error => error instanceof Error && isForbidden(error.cause);

const refOf = ({ metadata = {} }: KubernetesObject): Required<ObjectRef> => ({
  namespace: metadata.namespace,
  name: metadata.name ?? '',
});

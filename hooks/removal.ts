import { isNotFound } from '../kube/errors.ts';
import type { ObjectRef } from '../kube/key.ts';
import type { Resource } from '../kube/resources.ts';
import type { HookContext } from './hook.ts';
import { persist } from './persist.ts';

/** What became of one thing to remove. */
export interface Removal {
  /** `secrets ns/name` */
  readonly object: string;
  readonly result: 'deleted' | 'absent' | 'failed';
  readonly reason?: string;
}

/** Deletes one object; what it could not do is in the answer. */
export async function remove(context: HookContext, resource: Resource, ref: ObjectRef): Promise<Removal> {
  const object = `${resource.plural} ${ref.namespace === undefined ? '' : `${ref.namespace}/`}${ref.name}`;
  try {
    context.log.info({ object }, 'Deleting an object');
    await persist(context, () => context.client.delete(resource, ref, { signal: context.signal }));
    return { object, result: 'deleted' };
  } catch (error) {
    if (isNotFound(error)) return { object, result: 'absent' };
    return { object, result: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

import { isNotFound } from '../kube/errors.ts';
import type { ObjectRef } from '../kube/key.ts';
import { resources, type Resource } from '../kube/resources.ts';
import type { HookContext, HookOutcome } from './hook.ts';
import { persist } from './persist.ts';

export interface CleanupSettings {
  /** Where the certificate's Secret is: the release's namespace. */
  readonly namespace: string;
  /** Of the mutating and of the validating webhook configuration. */
  readonly configurationName: string;
  readonly secretName: string;
}

/** What became of one thing to remove. */
interface Removal {
  /** `secrets ns/name` */
  readonly object: string;
  readonly result: 'deleted' | 'absent' | 'failed';
  readonly reason?: string;
}

/**
 * Removes what the release leaves behind: the webhook configurations first, since without the webhook they would stop
 * requests, then the certificate's Secret. Each step is tried whatever became of the others, and what is gone already is well.
 * Never deletes applications, SparkPodDefaults and what they made, or CustomResourceDefinitions.
 */
export const cleanup =
  (settings: CleanupSettings) =>
  async (context: HookContext): Promise<HookOutcome> => {
    const { configurationName: name, namespace, secretName } = settings;
    const done: Removal[] = [];
    done.push(await remove(context, resources.mutatingWebhookConfigurations, { name }));
    done.push(await remove(context, resources.validatingWebhookConfigurations, { name }));
    done.push(await remove(context, resources.secrets, { namespace, name: secretName }));
    return outcomeOf(done);
  };

async function remove(context: HookContext, resource: Resource, ref: ObjectRef): Promise<Removal> {
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

/** The outcome of a clean-up: what could not be removed is named, with what to do. */
function outcomeOf(done: readonly Removal[]): HookOutcome {
  const failed = done.filter(({ result }) => result === 'failed');
  const count = (result: Removal['result']): number => done.filter((removal) => removal.result === result).length;
  const told = `${count('deleted')} deleted, ${count('absent')} absent`;
  const left = failed.map(({ object, reason = '' }) => `${object} (${reason})`).join('; ');
  const message = failed.length === 0 ? told : `${told}; could not delete, remove by hand: ${left}`;
  return { ok: failed.length === 0, message, details: { objects: done } };
}

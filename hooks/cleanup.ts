import { resources } from '../kube/resources.ts';
import type { HookContext, HookOutcome } from './hook.ts';
import type { CloudSettings } from './openstack-init/settings.ts';
import { remove, type Removal } from './removal.ts';

export interface CleanupSettings {
  /** Where the certificate's Secret is: the release's namespace. */
  readonly namespace: string;
  /** Of the mutating and of the validating webhook configuration. */
  readonly configurationName: string;
  readonly secretName: string;
  /** Set when the S3 keys that openstack-init made go back to Keystone. */
  readonly openStack: CloudSettings | undefined;
}

/** Gives the S3 keys back, step by step; never rejects. */
export type ReturnKeys = (settings: CloudSettings, context: HookContext) => Promise<readonly Removal[]>;

/**
 * Removes what the release leaves behind: the webhook configurations first, since without the webhook they would stop
 * requests, then the certificate's Secret, last what lies in the cloud. Each step is tried whatever became of the others, and what is
 * gone already is well. Never deletes applications, the site's SparkPodDefaults and what they made, CustomResourceDefinitions, or a bucket.
 */
export const cleanup =
  (settings: CleanupSettings, returnKeys: ReturnKeys = () => Promise.resolve([])) =>
  async (context: HookContext): Promise<HookOutcome> => {
    const { configurationName: name, namespace, secretName, openStack } = settings;
    const done: Removal[] = [];
    done.push(await remove(context, resources.mutatingWebhookConfigurations, { name }));
    done.push(await remove(context, resources.validatingWebhookConfigurations, { name }));
    done.push(await remove(context, resources.secrets, { namespace, name: secretName }));
    if (openStack !== undefined) done.push(...(await returnKeys(openStack, context)));
    return outcomeOf(done);
  };

/** The outcome of a clean-up: what could not be removed is named, with what to do. */
function outcomeOf(done: readonly Removal[]): HookOutcome {
  const failed = done.filter(({ result }) => result === 'failed');
  const count = (result: Removal['result']): number => done.filter((removal) => removal.result === result).length;
  const told = `${count('deleted')} deleted, ${count('absent')} absent`;
  const left = failed.map(({ object, reason = '' }) => `${object} (${reason})`).join('; ');
  const message = failed.length === 0 ? told : `${told}; could not delete, remove by hand: ${left}`;
  return { ok: failed.length === 0, message, details: { objects: done } };
}

import type { KubeClient } from '../../kube/client.ts';
import { sleep } from '../../kube/clock.ts';
import { isOutcomeUnknown, isUnavailable } from '../../kube/errors.ts';
import type { HookContext } from '../hook.ts';

const PAUSE_MS = 2_000;

/**
 * The same client, but it waits for an API server, or an admission webhook, that does not answer yet: after an installation the webhook's
 * pods may still be starting. Only what may be sent twice is sent again; the hook's own time is the bound.
 */
export function patientClient(context: Pick<HookContext, 'client' | 'clock' | 'signal'>): KubeClient {
  const { client } = context;
  return {
    ...client,
    get: (resource, ref, options) => patiently(context, () => client.get(resource, ref, options)),
    list: (resource, options) => patiently(context, () => client.list(resource, options)),
    create: (resource, object, options) => patiently(context, () => client.create(resource, object, options), once),
    update: (resource, object, options) => patiently(context, () => client.update(resource, object, options), once),
    patch: (resource, ref, patch, options) => patiently(context, () => client.patch(resource, ref, patch, options)),
    delete: (resource, ref, options) => patiently(context, () => client.delete(resource, ref, options)),
  };
}

/** A write that may have happened must be looked at by its caller, not repeated. Without its webhook's word none happens. */
const once = (error: unknown): boolean =>
  isUnavailable(error) && (!isOutcomeUnknown(error) || String(error).includes('failed calling webhook'));

async function patiently<T>(
  context: Pick<HookContext, 'clock' | 'signal'>,
  request: () => Promise<T>,
  mayRepeat: (error: unknown) => boolean = isUnavailable,
): Promise<T> {
  for (;;) {
    try {
      return await request();
    } catch (error) {
      if (!mayRepeat(error) || (await isOver(context))) throw error;
    }
  }
}

/** Waits a while; answers whether the hook's time is over. */
async function isOver({ clock, signal }: Pick<HookContext, 'clock' | 'signal'>): Promise<boolean> {
  await sleep(clock, PAUSE_MS, signal);
  return signal.aborted;
}

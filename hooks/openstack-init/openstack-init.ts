import type { HookContext, HookOutcome } from '../hook.ts';
import { explain } from './explain.ts';
import type { About } from './failure.ts';
import { mountedCloud, mountedKeys } from './mounted-secrets.ts';
import { cloudsMissing, cloudsWrong, failed, keysMissing, notInTime, skipped, succeeded } from './outcomes.ts';
import { prepare, type CloudWorld, type Doing } from './prepare.ts';
import type { OpenStackInitSettings } from './settings.ts';

/**
 * Makes the cloud's object store ready for Spark: bucket and marker, S3 keys unless some are given, the Secret with them and the
 * SparkPodDefaults that name it, and keeps what is known of the cluster. What is right already stays. Never rejects: each way in which
 * the cloud may say no has a cause and a remedy in the outcome.
 */
export const openStackInit =
  (settings: OpenStackInitSettings, world: CloudWorld) =>
  async (context: HookContext): Promise<HookOutcome> => {
    const { namespace, clouds, keys, bucket } = settings;
    const about: About = { namespace, cloudsSecret: clouds.secret, cloud: undefined, bucket, keysSecret: keys?.secret };
    const cloud = await mountedCloud(clouds).catch((error: unknown) => failed(cloudsWrong(error, about)));
    if (cloud === undefined)
      return settings.cloudsOptional ? skipped(about, clouds.file) : failed(cloudsMissing(about, clouds.file));
    if ('ok' in cloud) return cloud;
    const given = keys === undefined ? undefined : await mountedKeys(keys);
    if (keys !== undefined && given === undefined) return failed(keysMissing(about, keys.secret));
    for (const warning of cloud.warnings) context.log.warn({ warning }, 'Found something odd in clouds.yaml');
    const doing: Doing = { what: 'begin', about: { ...about, cloud } };
    return inTime(context.signal, doing, async () =>
      succeeded(settings, await prepare({ settings, world, context, cloud, keys: given }, doing)),
    );
  };

/** The outcome of the work, or, when the hook's time is nearly over, what it was still waiting for. */
async function inTime(signal: AbortSignal, doing: Doing, work: () => Promise<HookOutcome>): Promise<HookOutcome> {
  const over = new Promise<HookOutcome>((resolve) => {
    signal.addEventListener('abort', () => resolve(failed(notInTime(doing, signal.reason))), { once: true });
  });
  return Promise.race([work().catch((error: unknown) => failed(explain(error, doing.about))), over]);
}

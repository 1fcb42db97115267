import { sleep } from '../../kube/clock.ts';
import { isNotFound } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import { keystone } from '../../openstack/identity/keystone-client.ts';
import { failedWith } from '../../openstack/openstack-error.ts';
import { S3_POD_DEFAULTS, S3_SECRET } from '../../openstack/s3/objects.ts';
import { secretState } from '../../openstack/s3/secret-state.ts';
import type { ReturnKeys } from '../cleanup.ts';
import type { HookContext } from '../hook.ts';
import { remove, type Removal } from '../removal.ts';
import { explain } from './explain.ts';
import { mountedCloud } from './mounted-secrets.ts';
import type { CloudWorld } from './prepare.ts';
import type { CloudSettings } from './settings.ts';

/** An uninstallation does not wait for a cloud that does not answer. */
const CLOUD_PATIENCE_MS = 20_000;

/**
 * Gives the S3 key that openstack-init made back to Keystone, then removes the SparkPodDefaults and the Secret that need it. Keys that
 * a person gave stay in Keystone. While the key cannot be given back, the Secret stays: it is what names the key. The bucket always stays.
 */
export const returnKeys =
  (world: CloudWorld): ReturnKeys =>
  async (settings, context) => {
    const { namespace } = settings;
    try {
      const key = await ourKey(context, namespace);
      const returned = key === undefined ? [] : [await returnKey(world, settings, context, key)];
      if (returned.some(({ result }) => result === 'failed')) return returned;
      const defaults = await remove(context, resources.sparkPodDefaults, { namespace, name: S3_POD_DEFAULTS });
      return [...returned, defaults, await remove(context, resources.secrets, { namespace, name: S3_SECRET })];
    } catch (error) {
      return [{ object: `secrets ${namespace}/${S3_SECRET}`, result: 'failed', reason: reasonOf(error) }];
    }
  };

/** The access id of the key that was made for this cluster; undefined when there is none, or a person gave it. */
async function ourKey({ client, signal }: HookContext, namespace: string): Promise<string | undefined> {
  try {
    const state = secretState(await client.get(resources.secrets, { namespace, name: S3_SECRET }, { signal }));
    return state.kind === 'filled' && state.keys.ours ? state.keys.accessKey : undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function returnKey(
  world: CloudWorld,
  { namespace, clouds, keys }: CloudSettings,
  { clock, log, signal }: HookContext,
  access: string,
): Promise<Removal> {
  const object = `EC2 credential ${access}`;
  const cloud = await mountedCloud(clouds).catch(() => undefined);
  if (cloud === undefined) return { object, result: 'failed', reason: `no usable ${clouds.file} in ${clouds.secret}` };
  const session = world.openSession(cloud);
  const work = async (): Promise<Removal> => {
    log.info({ object, keystone: cloud.authUrl }, 'Deleting an S3 key');
    await keystone(session).deleteEc2Key(access);
    return { object, result: 'deleted' };
  };
  const over = async (): Promise<Removal> => {
    await sleep(clock, CLOUD_PATIENCE_MS, signal);
    return { object, result: 'failed', reason: `Keystone at ${cloud.authUrl} did not answer in time` };
  };
  try {
    return await Promise.race([work(), over()]);
  } catch (error) {
    if (failedWith(error, 'NotFound')) return { object, result: 'absent' };
    const about = { namespace, cloudsSecret: clouds.secret, cloud, bucket: undefined, keysSecret: keys?.secret };
    return { object, result: 'failed', reason: explain(error, about).message };
  } finally {
    await session.close();
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

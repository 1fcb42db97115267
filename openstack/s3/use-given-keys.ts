import { resources } from '../../kube/resources.ts';
import { failedWith } from '../openstack-error.ts';
import { keystone } from '../identity/keystone-client.ts';
import type { KeysOutcome } from './ensure-keys.ts';
import { keysSince } from './make-key.ts';
import { S3_SECRET, s3KeysPatch, s3Secret, type S3Keys } from './objects.ts';
import type { S3Request, S3World } from './s3-request.ts';
import type { SecretState } from './secret-state.ts';

/**
 * Writes keys that a person gave. A key of ours that they take the place of is named, not deleted: pods that run still use
 * it. One that a killed run made and nobody ever used is deleted.
 */
export async function useGivenKeys(
  world: S3World,
  request: S3Request,
  given: NonNullable<S3Request['keys']>,
  state: SecretState,
): Promise<KeysOutcome> {
  const { operatorNamespace: namespace, clusterUuid } = request;
  const keys: S3Keys = { ...given, ours: false };
  const outcome = { keys, made: false, warnings: [] };
  if (state.kind === 'absent') {
    await world.client.create(resources.secrets, s3Secret(namespace, keys, clusterUuid));
    return { ...outcome, secret: 'created' };
  }
  if (state.kind === 'filled' && sameKeys(state.keys, keys))
    return { ...outcome, keys: state.keys, secret: 'unchanged' };
  await world.client.patch(resources.secrets, { namespace, name: S3_SECRET }, s3KeysPatch(keys, state.version));
  if (state.kind === 'claimed') await deleteUnused(world, request, state.keysBefore);
  return { ...outcome, secret: 'updated', warnings: leftOver(state) };
}

const sameKeys = (one: S3Keys, other: S3Keys): boolean =>
  one.accessKey === other.accessKey && one.secretKey === other.secretKey;

/** Tidying up: a login that may not do it has made no key either. */
async function deleteUnused({ session }: S3World, request: S3Request, keysBefore: readonly string[]): Promise<void> {
  if (session === undefined) return;
  const identity = keystone(session);
  try {
    const [unused, ...others] = keysSince(await identity.ec2Keys(), { keysBefore }, request.foreignAccessKeys);
    if (unused !== undefined && others.length === 0 && unused.access !== request.keys?.accessKey)
      await identity.deleteEc2Key(unused.access);
  } catch (error) {
    if (!failedWith(error, 'Forbidden', 'NotFound')) throw error;
  }
}

const leftOver = (state: SecretState): readonly string[] =>
  state.kind === 'filled' && state.keys.ours
    ? [
        `The EC2 key ${state.keys.accessKey} that was made for this cluster is not used by new pods any more. Delete it when ` +
          `the running ones have ended: openstack ec2 credentials delete ${state.keys.accessKey}`,
      ]
    : [];

import { isNotFound } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import { keystone } from '../identity/keystone-client.ts';
import { ObjectStoreError } from '../object-store/object-store.ts';
import { applyObject } from '../spark-install/apply-object.ts';
import { ensureKeys, type KeysOutcome } from './ensure-keys.ts';
import { ensureStore, type StoreOutcome } from './ensure-store.ts';
import { s3PodDefaults, type S3Store } from './objects.ts';
import { releaseKeys } from './release-keys.ts';
import type { Change, S3Outcome, S3Request, S3World } from './s3-request.ts';
import { storeOf } from './store-of.ts';

export type { S3Outcome, S3Request, S3World } from './s3-request.ts';

/**
 * Sees to everything that Spark pods need for S3: keys in the Secret `spark-s3`, the bucket with the marker of the event
 * logs' folder, and the SparkPodDefaults `openstack-s3` that names them. What is right already stays; a run that was
 * killed is taken up by the next one, without a second key or bucket.
 * @throws UserError, OpenStackError, ObjectStoreError, ApiError
 */
export async function ensureS3Defaults(world: S3World, request: S3Request): Promise<S3Outcome> {
  const wanted = await storeOf(world, request);
  const { keys, made, secret, warnings, store, bucketMade } = await keysAndStore(world, request, wanted);
  const podDefaults = await applyDefaults(world, request.operatorNamespace, store);
  return {
    bucket: store.bucket,
    bucketMade,
    endpoint: store.endpoint,
    region: store.region,
    accessKey: keys.accessKey,
    keyMade: made,
    keyOurs: keys.ours,
    secret,
    podDefaults,
    warnings,
  };
}

async function keysAndStore(world: S3World, request: S3Request, wanted: S3Store): Promise<KeysOutcome & StoreOutcome> {
  const found = await ensureKeys(world, request);
  try {
    const outcome = await ensureStore(world, wanted, found.keys);
    return { ...found, ...outcome, warnings: [...found.warnings, ...outcome.warnings] };
  } catch (error) {
    if (!(await wasDeleted(world, found, error))) throw error;
  }
  // Somebody deleted the key that the Secret still holds: the Secret becomes a claim again, and gets a new one.
  await releaseKeys(world, request, found.keys);
  const renewed = await ensureKeys(world, request);
  const outcome = await ensureStore(world, wanted, renewed.keys);
  return { ...renewed, ...outcome, secret: 'updated', warnings: [...renewed.warnings, ...outcome.warnings] };
}

const refusedKeys = new Set(['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'AccessDenied']);

/** Whether the object store refused a key because Keystone does not know it any more. */
async function wasDeleted({ session }: S3World, { keys, made }: KeysOutcome, error: unknown): Promise<boolean> {
  if (!(error instanceof ObjectStoreError) || !refusedKeys.has(error.s3Code)) return false;
  if (made || !keys.ours || session === undefined) return false;
  const known = await keystone(session).ec2Keys();
  return !known.some(({ access }) => access === keys.accessKey);
}

async function applyDefaults({ client }: S3World, namespace: string, store: S3Store): Promise<Change> {
  try {
    return await applyObject(client, resources.sparkPodDefaults, s3PodDefaults(namespace, store));
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new UserError(
      'the cluster knows no SparkPodDefaults: the operator is not installed there (opsparkctl create spark), or its CRDs are missing',
      { exitCode: exitCode.notFound, cause: error },
    );
  }
}

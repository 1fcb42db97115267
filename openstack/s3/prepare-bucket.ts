import { keystone } from '../identity/keystone-client.ts';
import type { Session } from '../identity/session.ts';
import { askingForKeys } from './ec2-refused.ts';
import { ensureStore } from './ensure-store.ts';
import type { S3Store } from './objects.ts';
import type { GivenKeys } from './s3-options.ts';
import type { S3Request, S3World } from './s3-request.ts';
import { storeOf } from './store-of.ts';

/** A bucket that was written to and read from. */
export interface PreparedBucket extends S3Store {
  readonly bucketMade: boolean;
  /** Write, read, delete and list of a small object. */
  readonly roundTripMs: number;
  readonly warnings: readonly string[];
}

/**
 * Makes bucket and marker unless they are there, and tries the bucket out, without any Kubernetes. Without given keys one of
 * the login's EC2 keys is used; when it has none, one is made and deleted again.
 * @throws UserError, OpenStackError, ObjectStoreError
 */
export async function prepareBucket(
  world: Omit<S3World, 'client' | 'now'>,
  request: Omit<S3Request, 'operatorNamespace' | 'keys'>,
  given: GivenKeys | undefined,
): Promise<PreparedBucket> {
  const wanted = await storeOf(world, request);
  return withKeys(world.session, given, async (keys) => {
    let roundTripMs = 0;
    const outcome = await ensureStore(world, wanted, keys, async (bucket) => {
      roundTripMs = await bucket.probe();
    });
    return { ...outcome.store, bucketMade: outcome.bucketMade, roundTripMs, warnings: outcome.warnings };
  });
}

/** Runs work with the given keys, a key that the login has, or one that lives as long as the work. */
export async function withKeys<T>(
  session: Session | undefined,
  given: GivenKeys | undefined,
  work: (keys: GivenKeys) => Promise<T>,
): Promise<T> {
  if (given !== undefined || session === undefined) return work(given ?? { accessKey: '', secretKey: '' });
  const identity = keystone(session);
  const [existing] = await askingForKeys(identity.ec2Keys);
  const key = existing ?? (await askingForKeys(identity.createEc2Key));
  try {
    return await work({ accessKey: key.access, secretKey: key.secret });
  } finally {
    if (existing === undefined) await identity.deleteEc2Key(key.access);
  }
}

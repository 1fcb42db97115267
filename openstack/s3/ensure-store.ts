import { caPemOf } from '../object-store/ca-pem.ts';
import type { Bucket } from '../object-store/object-store.ts';
import type { S3Keys, S3Store } from './objects.ts';
import type { S3World } from './s3-request.ts';

/** The bucket as it is now. */
export interface StoreOutcome {
  readonly store: S3Store;
  readonly bucketMade: boolean;
  readonly warnings: readonly string[];
}

/**
 * Makes the bucket and the marker of the event logs' folder, unless they are there. The store that comes back has the
 * region that the server wants. @throws ObjectStoreError
 */
export async function ensureStore(
  world: Pick<S3World, 'config' | 'openBucket'>,
  store: S3Store,
  keys: Pick<S3Keys, 'accessKey' | 'secretKey'>,
  more: (bucket: Bucket) => Promise<void> = () => Promise.resolve(),
): Promise<StoreOutcome> {
  const caPem = await caPemOf(world.config);
  const { accessKey, secretKey } = keys;
  const { endpoint, region, pathStyle } = store;
  const verify = world.config?.tls.verify ?? true;
  const bucket = world.openBucket({ endpoint, region, accessKey, secretKey, caPem, pathStyle, verify }, store.bucket);
  try {
    const made = await bucket.ensure();
    await bucket.ensureMarker(`${store.eventLogFolder}/`);
    await more(bucket);
    const known = { ...store, region: await bucket.region() };
    return { store: known, bucketMade: made === 'created', warnings: warningsOf(known, caPem) };
  } finally {
    bucket.close();
  }
}

function warningsOf({ endpoint }: S3Store, caPem: string | undefined): readonly string[] {
  if (endpoint.startsWith('http://'))
    return [`S3 at ${endpoint} is not encrypted: event logs and data can be read on the way`];
  if (caPem === undefined) return [];
  return [
    `The certificate of ${endpoint} may be of an authority of this cloud only: Spark's images must know it, too (Java's truststore)`,
  ];
}

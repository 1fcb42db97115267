import { ObjectStoreError, type Bucket } from '../object-store/object-store.ts';

/** Objects that are asked for at once. */
const BATCH = 500;

/**
 * Deletes everything in a bucket and then the bucket: only on a person's word. Answers how many objects it had; undefined
 * when there was no bucket. `deleted` is told of the progress.
 * @throws ObjectStoreError, also when others write into the bucket faster than it is emptied
 */
export async function removeBucket(
  bucket: Bucket,
  deleted: (count: number) => void = () => undefined,
): Promise<number | undefined> {
  let count = 0;
  try {
    for (let keys = await bucket.keys('', BATCH); keys.length > 0; keys = await bucket.keys('', BATCH)) {
      for (const key of keys) {
        await bucket.deleteKey(key);
        deleted(++count);
      }
    }
    await bucket.deleteBucket();
    return count;
  } catch (error) {
    if (error instanceof ObjectStoreError && error.failure === 'NoSuchBucket') return count === 0 ? undefined : count;
    throw error;
  }
}

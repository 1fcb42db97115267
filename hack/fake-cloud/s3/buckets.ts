import type { FakeRequest } from '../http/request.ts';
import type { Bucket } from '../state.ts';
import type { World } from '../world.ts';
import type { S3Caller } from './authenticate.ts';
import { s3Error } from './errors.ts';

/** The rules for names that can be host names (Swift: `dns_compliant_bucket_names`, which is its default). */
export function isValidBucketName(name: string): boolean {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) return false;
  if (name.includes('..') || name.includes('.-') || name.includes('-.')) return false;
  return !/^\d+\.\d+\.\d+\.\d+$/.test(name);
}

const keyOf = (projectId: string, name: string): string => `${projectId}/${name}`;

/** A bucket of the caller; with a global name space one of another project is refused. Undefined when there is none. */
export function lookUp(world: World, caller: S3Caller, request: FakeRequest, name: string): Bucket | undefined {
  const own = world.state.buckets[keyOf(caller.projectId, name)];
  if (own !== undefined || world.settings.bucketNames === 'account') return own;
  const isTaken = Object.values(world.state.buckets).some((bucket) => bucket.name === name);
  if (isTaken) throw s3Error('AccessDenied', request.id);
  return undefined;
}

/** A bucket that must be there. Throws 404. */
export function findBucket(world: World, caller: S3Caller, request: FakeRequest, name: string): Bucket {
  const bucket = lookUp(world, caller, request, name);
  if (bucket === undefined) throw s3Error('NoSuchBucket', request.id, { BucketName: name });
  return bucket;
}

/** Makes a bucket. Throws 409 when there is one of the name: the caller's own, or somebody's. */
export function makeBucket(world: World, { projectId }: S3Caller, request: FakeRequest, name: string): void {
  const { buckets } = world.state;
  if (buckets[keyOf(projectId, name)] !== undefined)
    throw s3Error('BucketAlreadyOwnedByYou', request.id, { BucketName: name });
  const isTaken = Object.values(buckets).some((bucket) => bucket.name === name);
  if (isTaken && world.settings.bucketNames === 'global')
    throw s3Error('BucketAlreadyExists', request.id, { BucketName: name });
  buckets[keyOf(projectId, name)] = { name, projectId, createdMs: world.now(), objects: {} };
}

/** Removes an empty bucket. Throws 409 when it is not empty. */
export function removeBucket(world: World, bucket: Bucket, request: FakeRequest): void {
  if (Object.keys(bucket.objects).length > 0) throw s3Error('BucketNotEmpty', request.id);
  Reflect.deleteProperty(world.state.buckets, keyOf(bucket.projectId, bucket.name));
}

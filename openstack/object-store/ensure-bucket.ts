import type { S3Client } from '@aws-sdk/client-s3';

import type { S3Connection } from './s3-connection.ts';
import { s3CodeOf } from './s3-failure.ts';

/**
 * Makes a bucket unless it is ours already.
 * - It is asked for with a list: that answers with a reason, and needs the right that the history server needs.
 * - Who may not list it may still be told by the attempt to make it whether the name is taken or the keys are bad.
 * - No location is named at first: Ceph and Swift take their own, and refuse the name of the signing region.
 */
export async function ensureBucket({ run, region }: S3Connection, bucket: string): Promise<'created' | 'existed'> {
  const seen = await run('look for the bucket', (client) => look(client, bucket));
  if (seen === 'existed') return 'existed';
  return run('make the bucket', async (client) => {
    try {
      return await make(client, bucket, undefined);
    } catch (error) {
      if (!wantsLocation.has(s3CodeOf(error))) throw error;
      return make(client, bucket, region());
    }
  });
}

const wantsLocation = new Set(['IllegalLocationConstraintException', 'InvalidLocationConstraint']);

async function look(client: S3Client, bucket: string): Promise<'existed' | 'absent' | 'denied'> {
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
  try {
    await client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }));
    return 'existed';
  } catch (error) {
    const code = s3CodeOf(error);
    if (code === 'NoSuchBucket') return 'absent';
    if (code === 'AccessDenied') return 'denied';
    throw error;
  }
}

async function make(client: S3Client, bucket: string, location: string | undefined): Promise<'created' | 'existed'> {
  const { CreateBucketCommand } = await import('@aws-sdk/client-s3');
  const command = new CreateBucketCommand({ Bucket: bucket });
  command.middlewareStack.add(
    (next) => (args) => next({ ...args, input: { ...args.input, ...locationOf(location) } }),
    // After the SDK's own step, which names the signing region as location.
    { step: 'initialize', priority: 'low', name: 'locationOfBucket' },
  );
  try {
    await client.send(command);
    return 'created';
  } catch (error) {
    if (s3CodeOf(error) === 'BucketAlreadyOwnedByYou') return 'existed';
    throw error;
  }
}

const locationOf = (location: string | undefined) => ({
  // Parse boundary: the SDK lists Amazon's regions; other servers have names of their own.
  CreateBucketConfiguration: location === undefined ? undefined : { LocationConstraint: location as 'eu-west-1' },
});

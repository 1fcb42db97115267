import { randomUUID } from 'node:crypto';

import { ensureBucket } from './ensure-bucket.ts';
import { ObjectStoreError, type Bucket, type ObjectStoreSettings } from './object-store.ts';
import { s3Connection, type S3Connection } from './s3-connection.ts';

/** A bucket through the AWS SDK. Nothing is sent before the first call. */
export function openBucket(settings: ObjectStoreSettings, name: string): Bucket {
  const connection = s3Connection(settings, name);
  const { run, region, close } = connection;
  return {
    name,
    region: async () => {
      await keysOf(connection, name, '', 1);
      return region();
    },
    ensure: () => ensureBucket(connection, name),
    ensureMarker: async (key) => {
      // A list, not HEAD: refusals of HEAD have no body that could tell why.
      if ((await keysOf(connection, name, key, 1)).includes(key)) return 'existed';
      await put(connection, name, key, '');
      return 'created';
    },
    probe: () => probe(connection, name),
    keys: (prefix, most) => keysOf(connection, name, prefix, most),
    deleteKey: (key) =>
      run(`delete ${key}`, async (client) => {
        const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
        await client.send(new DeleteObjectCommand({ Bucket: name, Key: key }));
      }),
    deleteBucket: () =>
      run('delete the bucket', async (client) => {
        const { DeleteBucketCommand } = await import('@aws-sdk/client-s3');
        await client.send(new DeleteBucketCommand({ Bucket: name }));
      }),
    close,
  };
}

/** The most that S3 lists at once. */
const PAGE = 1000;

async function keysOf({ run }: S3Connection, bucket: string, prefix: string, most: number): Promise<readonly string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await run(prefix === '' ? 'list the bucket' : `list ${prefix}`, async (client) => {
      const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
      const wanted = Math.min(PAGE, most - keys.length);
      return client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: wanted, ContinuationToken: token }),
      );
    });
    for (const { Key: key } of page.Contents ?? []) if (key !== undefined) keys.push(key);
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (token !== undefined && keys.length < most);
  return keys.slice(0, most);
}

const put = ({ run }: S3Connection, bucket: string, key: string, body: string): Promise<void> =>
  run(`write ${key}`, async (client) => {
    const { PutObjectCommand } = await import('@aws-sdk/client-s3');
    await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentLength: Buffer.byteLength(body) }),
    );
  });

async function probe(connection: S3Connection, bucket: string): Promise<number> {
  const key = `opsparkctl-probe-${randomUUID()}`;
  const started = performance.now();
  await put(connection, bucket, key, key);
  try {
    const read = await connection.run(`read ${key}`, async (client) => {
      const { GetObjectCommand } = await import('@aws-sdk/client-s3');
      const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await body?.transformToString()) ?? '';
    });
    if (read !== key)
      throw new ObjectStoreError('Other', '', `bucket "${bucket}" gives back another text than was written to ${key}`);
  } finally {
    await connection.run(`delete ${key}`, async (client) => {
      const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    });
  }
  await keysOf(connection, bucket, 'opsparkctl-probe-', 1);
  return Math.round(performance.now() - started);
}

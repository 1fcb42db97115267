import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { s3EndpointOf } from '../../../openstack/object-store/endpoint.ts';
import type { Bucket } from '../../../openstack/object-store/object-store.ts';
import { openBucket } from '../../../openstack/object-store/open-bucket.ts';
import type { CloudUnderTest } from './cloud.ts';

interface Keys {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

const BUCKET = 'contract-bucket';

/** S3 through our client and, for what it hides, through the SDK. */
export function objectStoreCases(cloudOf: () => CloudUnderTest): void {
  const keys = new Map<string, Keys>();
  const keysOf = (entry: string): Keys => {
    const found = keys.get(entry);
    if (found === undefined) throw new Error(`No keys were made for ${entry}`);
    return found;
  };
  const bucket = (name: string, more: Partial<Keys> = {}, entry = 'demo'): Bucket =>
    openBucket({ ...keysOf(entry), caPem: undefined, pathStyle: true, ...more }, name);
  const sdk = (entry = 'demo', more: S3ClientConfig = {}): S3Client => {
    const { endpoint, region, accessKey, secretKey } = keysOf(entry);
    return new S3Client({
      endpoint,
      region,
      forcePathStyle: true,
      maxAttempts: 1,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
      ...more,
    });
  };

  beforeAll(async () => {
    for (const entry of ['demo', 'other']) {
      const session = await cloudOf().session(entry);
      const { access: accessKey, secret: secretKey } = await (await cloudOf().keystone(entry)).createEc2Key();
      const place = s3EndpointOf(await session.login(), await cloudOf().config(entry));
      if (place === undefined) throw new Error('The catalog names no object store');
      keys.set(entry, { ...place, accessKey, secretKey });
    }
  });
  afterAll(async () => {
    for (const [entry, { accessKey }] of keys) await (await cloudOf().keystone(entry)).deleteEc2Key(accessKey);
  });

  it('is found in the catalog', () => {
    expect(keysOf('demo').endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(keysOf('demo').region).toBe(cloudOf().region);
  });

  it('knows no bucket before it is made', async () => {
    await expect(sdk().send(new HeadBucketCommand({ Bucket: BUCKET }))).rejects.toMatchObject({ name: 'NotFound' });
    await expect(sdk().send(new ListObjectsV2Command({ Bucket: BUCKET }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
      message: 'The specified bucket does not exist.',
    });
    await expect(sdk().send(new DeleteBucketCommand({ Bucket: BUCKET }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    const put = new PutObjectCommand({ Bucket: BUCKET, Key: 'x', Body: 'x' });
    await expect(sdk().send(put)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('makes a bucket once', async () => {
    expect(await bucket(BUCKET).ensure()).toBe('created');
    expect(await bucket(BUCKET).ensure()).toBe('existed');
    await expect(sdk().send(new CreateBucketCommand({ Bucket: BUCKET }))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
      message: 'Your previous request to create the named bucket succeeded and you already own it.',
      $metadata: { httpStatusCode: 409 },
    });
  });

  it("keeps another project's bucket out of sight: names are a project's own", async () => {
    await expect(sdk('other').send(new HeadBucketCommand({ Bucket: BUCKET }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    await expect(sdk('other').send(new DeleteBucketCommand({ Bucket: BUCKET }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    expect(await bucket(BUCKET, {}, 'other').ensure()).toBe('created');
    await bucket(BUCKET, {}, 'other').deleteBucket();
    expect(await bucket(BUCKET).ensure()).toBe('existed');
  });

  it.each(['Bad_Name', 'ab', 'a..b', '10.0.0.1', 'ends-with-'])('makes no bucket named %s', async (name) => {
    await expect(sdk().send(new CreateBucketCommand({ Bucket: name }))).rejects.toMatchObject({
      name: 'InvalidBucketName',
      message: 'The specified bucket is not valid.',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(bucket(name).ensure()).rejects.toMatchObject({ failure: 'InvalidBucketName' });
  });

  it('keeps a marker, once', async () => {
    expect(await bucket(BUCKET).ensureMarker('spark-events/.keep')).toBe('created');
    expect(await bucket(BUCKET).ensureMarker('spark-events/.keep')).toBe('existed');
    expect(await bucket(BUCKET).keys('spark-events/', 10)).toEqual(['spark-events/.keep']);
  });

  it('gives back what was put, with type, length and tag', async () => {
    const Key = 'a folder/ü & <ö>.txt';
    const object = { Bucket: BUCKET, Key };
    const put = await sdk().send(new PutObjectCommand({ ...object, Body: 'hello', ContentType: 'text/plain' }));
    const got = await sdk().send(new GetObjectCommand(object));
    expect(await got.Body?.transformToString()).toBe('hello');
    expect(got).toMatchObject({ ContentType: 'text/plain', ContentLength: 5, ETag: put.ETag });
    expect(put.ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    expect(await sdk().send(new HeadObjectCommand(object))).toMatchObject({ ContentLength: 5, ETag: put.ETag });
    const part = await sdk().send(new GetObjectCommand({ ...object, Range: 'bytes=1-2' }));
    expect(await part.Body?.transformToString()).toBe('el');
    expect(part.ContentRange).toBe('bytes 1-2/5');
  });

  it('lists in order, page by page, by prefix and by folder', async () => {
    const list = (more: object) => sdk().send(new ListObjectsV2Command({ Bucket: BUCKET, ...more }));
    const all = await list({});
    expect(all.Contents?.map(({ Key }) => Key)).toEqual(['a folder/ü & <ö>.txt', 'spark-events/.keep']);
    const first = await list({ MaxKeys: 1 });
    expect(first).toMatchObject({ IsTruncated: true, KeyCount: 1 });
    const second = await list({ MaxKeys: 1, ContinuationToken: first.NextContinuationToken });
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['spark-events/.keep']);
    expect(second.IsTruncated).toBe(false);
    expect((await list({ Prefix: 'spark-events/' })).Contents).toHaveLength(1);
    expect((await list({ Delimiter: '/' })).CommonPrefixes).toEqual([
      { Prefix: 'a folder/' },
      { Prefix: 'spark-events/' },
    ]);
  });

  it('has no object that nobody put', async () => {
    const object = { Bucket: BUCKET, Key: 'nowhere' };
    await expect(sdk().send(new GetObjectCommand(object))).rejects.toMatchObject({
      name: 'NoSuchKey',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(sdk().send(new HeadObjectCommand(object))).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('names the right region to one who signs for another; our client then uses it', async () => {
    const wrong = sdk('demo', { region: 'eu-west-1' });
    const { region } = keysOf('demo');
    await expect(wrong.send(new ListObjectsV2Command({ Bucket: BUCKET }))).rejects.toMatchObject({
      name: 'AuthorizationHeaderMalformed',
      message: `The authorization header is malformed; the region 'eu-west-1' is wrong; expecting '${region}'`,
      Region: region,
      $metadata: { httpStatusCode: 400 },
    });
    expect(await bucket(BUCKET, { region: 'eu-west-1' }).region()).toBe(region);
  });

  it.each([
    ['a wrong secret', { secretKey: 'wrong' }],
    ['an unknown access key', { accessKey: 'f'.repeat(32) }],
  ])('refuses %s, and does not say which', async (_name, more) => {
    const { accessKey, secretKey } = { ...keysOf('demo'), ...more };
    const credentials = { accessKeyId: accessKey, secretAccessKey: secretKey };
    await expect(sdk('demo', { credentials }).send(new ListObjectsV2Command({ Bucket: BUCKET }))).rejects.toMatchObject(
      { name: 'SignatureDoesNotMatch', $metadata: { httpStatusCode: 403 } },
    );
    await expect(bucket(BUCKET, more).keys('', 1)).rejects.toMatchObject({ failure: 'Forbidden' });
  });

  it.each([
    ['ahead', 3_600_000],
    ['behind', -3_600_000],
  ])('refuses a clock that is an hour %s', async (_name, systemClockOffset) => {
    const wrong = sdk('demo', { systemClockOffset });
    await expect(wrong.send(new ListObjectsV2Command({ Bucket: BUCKET }))).rejects.toMatchObject({
      name: 'RequestTimeTooSkewed',
      message: 'The difference between the request time and the current time is too large.',
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('stands the probe of our client', async () => {
    expect(await bucket(BUCKET).probe()).toBeGreaterThanOrEqual(0);
    expect(await bucket(BUCKET).keys('', 10)).toHaveLength(2);
  });

  it('deletes no bucket that has objects, and an empty one for good', async () => {
    await expect(sdk().send(new DeleteBucketCommand({ Bucket: BUCKET }))).rejects.toMatchObject({
      name: 'BucketNotEmpty',
      $metadata: { httpStatusCode: 409 },
    });
    for (const key of await bucket(BUCKET).keys('', 10))
      await sdk().send(new DeleteObjectCommand({ Bucket: BUCKET, Key: key }));
    await bucket(BUCKET).deleteBucket();
    await expect(sdk().send(new HeadBucketCommand({ Bucket: BUCKET }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('refuses keys that were deleted', async () => {
    const client = await cloudOf().keystone('other');
    const { access: accessKey, secret: secretKey } = await client.createEc2Key();
    await client.deleteEc2Key(accessKey);
    await expect(bucket('contract-none', { accessKey, secretKey }).keys('', 1)).rejects.toMatchObject({
      failure: 'Forbidden',
    });
  });
}

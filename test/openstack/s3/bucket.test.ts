import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import type { FakeCloud } from '../../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../../hack/fake-cloud/start.ts';
import { keystone } from '../../../openstack/identity/keystone-client.ts';
import type { Ec2Key } from '../../../openstack/identity/keystone.ts';
import type { Bucket, ObjectStoreSettings } from '../../../openstack/object-store/object-store.ts';
import { openBucket } from '../../../openstack/object-store/open-bucket.ts';
import { removeBucket } from '../../../openstack/s3/remove-bucket.ts';
import { openFake } from './s3-world.ts';

// The S3 client is loaded and compiled with the first use: seconds on a busy machine.
jest.setTimeout(60_000);

let cloud: FakeCloud;
let ours: Ec2Key;
let theirs: Ec2Key;

beforeAll(async () => {
  cloud = await startFakeCloud({ tls: true, bucketNames: 'global', s3Region: 'Region-S3' });
  const [demo, other] = [await openFake(cloud), await openFake(cloud, 'other')];
  ours = await keystone(demo.session).createEc2Key();
  theirs = await keystone(other.session).createEc2Key();
  await demo.session.close();
  await other.session.close();
});
afterAll(() => cloud.close());

const withBucket = async <T>(
  name: string,
  use: (bucket: Bucket) => Promise<T>,
  more: Partial<ObjectStoreSettings> & { readonly key?: Ec2Key } = {},
): Promise<T> => {
  const { key = ours, ...settings } = more;
  const bucket = openBucket(
    {
      endpoint: cloud.facts.s3Endpoint,
      region: 'us-east-1',
      accessKey: key.access,
      secretKey: key.secret,
      caPem: cloud.caPem,
      pathStyle: true,
      ...settings,
    },
    name,
  );
  try {
    return await use(bucket);
  } finally {
    bucket.close();
  }
};

describe('openBucket', () => {
  it('makes bucket and marker once, over TLS with a private authority, and learns the region', () =>
    withBucket('one', async (bucket) => {
      expect(await bucket.ensure()).toBe('created');
      expect(await bucket.ensure()).toBe('existed');
      expect(await bucket.ensureMarker('spark-events/')).toBe('created');
      expect(await bucket.ensureMarker('spark-events/')).toBe('existed');
      expect(await bucket.region()).toBe('Region-S3');
    }));

  it('leaves nothing of its probe', () =>
    withBucket('two', async (bucket) => {
      await bucket.ensure();
      expect(await bucket.probe()).toBeGreaterThanOrEqual(0);
      expect(await bucket.keys('', 10)).toEqual([]);
    }));

  it('lists no more than is wanted, below a prefix', () =>
    withBucket('three', async (bucket) => {
      await bucket.ensure();
      for (const key of ['a/1', 'a/2', 'a/3', 'b/1']) await bucket.ensureMarker(key);
      expect(await bucket.keys('a/', 2)).toEqual(['a/1', 'a/2']);
      expect(await bucket.keys('b/', 2)).toEqual(['b/1']);
    }));

  it('is emptied and deleted on demand, and is well when it is gone', () =>
    withBucket('four', async (bucket) => {
      await bucket.ensure();
      for (const key of ['a/1', 'a/2']) await bucket.ensureMarker(key);
      const told: number[] = [];
      expect(await removeBucket(bucket, (count) => told.push(count))).toBe(2);
      expect(told).toEqual([1, 2]);
      expect(await removeBucket(bucket)).toBeUndefined();
    }));

  it('tells a bucket of another project from keys that are wrong', async () => {
    await withBucket('theirs', (bucket) => bucket.ensure(), { key: theirs });
    await expect(withBucket('theirs', (bucket) => bucket.ensure())).rejects.toMatchObject({ failure: 'BucketTaken' });
    const key = { ...ours, secret: 'wrong' };
    await expect(withBucket('theirs', (bucket) => bucket.ensure(), { key })).rejects.toMatchObject({
      failure: 'Forbidden',
    });
  });

  it('does not talk to a server whose authority it does not know, unless told so', async () => {
    const stranger = withBucket('five', (bucket) => bucket.ensure(), { caPem: undefined });
    await expect(stranger).rejects.toMatchObject({ failure: 'Unreachable' });
    const careless = withBucket('five', (bucket) => bucket.ensure(), { caPem: undefined, verify: false });
    expect(await careless).toBe('created');
  });

  it('names no secret in its errors', async () => {
    const key = { ...ours, secret: 'a-secret-nobody-may-see' };
    const error: unknown = await withBucket('six', (bucket) => bucket.ensure(), { key }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Error);
    expect(`${String(error)}${JSON.stringify(error)}`).not.toContain(key.secret);
  });
});

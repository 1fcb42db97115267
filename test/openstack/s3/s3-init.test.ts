import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import type { FakeCloud } from '../../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../../hack/fake-cloud/start.ts';
import { keystone } from '../../../openstack/identity/keystone-client.ts';
import type { Ec2Key } from '../../../openstack/identity/keystone.ts';
import { type OpsparkctlEnd, runOpsparkctl } from '../run-opsparkctl.ts';
import { openFake } from './s3-world.ts';

// The S3 client is loaded and compiled with the first use: seconds on a busy machine.
jest.setTimeout(60_000);

let cloud: FakeCloud;
let home: string;
let key: Ec2Key;

const init = (args: string, env: Readonly<Record<string, string>> = {}, entry = 'demo'): Promise<OpsparkctlEnd> =>
  runOpsparkctl(['s3', 'init', ...args.split(' ')], {
    home,
    env,
    cloud: { cloudsFile: cloud.cloudsFile, cloudName: entry },
  });

const write = (name: string, text: string): Promise<void> => writeFile(join(home, name), text);

beforeAll(async () => {
  cloud = await startFakeCloud({ policy: 'patched' });
  home = await mkdtemp(join(tmpdir(), 's3-init-'));
  const { session } = await openFake(cloud);
  key = await keystone(session).createEc2Key();
  await session.close();
  await write('id', `${key.access}\n`);
  await write('key', `${key.secret}\n`);
});
afterAll(async () => {
  await cloud.close();
  await rm(home, { recursive: true });
});

describe('s3 init', () => {
  it('tells with --dry-run what it would do, and does nothing', async () => {
    const { code, out } = await init('demo --dry-run -o json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ bucket: expect.stringMatching(/^demo-/), marker: 'spark-events/' });
    expect(cloud.buckets()).toEqual([]);
  });

  it('lets a login that gets no keys use those of two files', async () => {
    const files = '--s3-access-key-file id --s3-secret-key-file key';
    const ended = await init(`--bucket by-files ${files} -o json`, {}, 'demo-app');
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.out)).toMatchObject({ bucket: 'by-files', bucketMade: true });
    expect(ended.out + ended.err).not.toContain(key.secret);
  });

  it('logs in nowhere when bucket, endpoint and keys are given', async () => {
    const args = `s3 init --bucket no-cloud --endpoint ${cloud.facts.s3Endpoint} --s3-access-key-file id --s3-secret-key-file key`;
    cloud.forget();
    expect(await runOpsparkctl(args.split(' '), { home })).toMatchObject({ code: 0 });
    expect(cloud.requests({ service: 'identity' })).toEqual([]);
    const wrong = await runOpsparkctl(args.replace('no-cloud', 'No_Cloud').split(' '), { home });
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('choose one with --bucket') });
  });

  it('uses the keys of the environment, and says so', async () => {
    const env = { AWS_ACCESS_KEY_ID: key.access, AWS_SECRET_ACCESS_KEY: key.secret };
    const ended = await init('--bucket by-variables', env, 'demo-app');
    expect(ended).toMatchObject({ code: 0, err: expect.stringContaining('keys of AWS_ACCESS_KEY_ID') });
    expect(ended.out + ended.err).not.toContain(key.secret);
  });

  it('takes bucket and way of addressing from the site profile, and flags over it', async () => {
    await write('opsparkctl.yaml', 'spark: { s3: { bucket: of-the-site } }\n');
    const bucketOf = async (args: string): Promise<unknown> =>
      (JSON.parse((await init(`${args} --dry-run -o json`)).out) as { readonly bucket: string }).bucket;
    expect(await bucketOf('demo')).toBe('of-the-site');
    expect(await bucketOf('demo --bucket of-the-flag')).toBe('of-the-flag');
    await rm(join(home, 'opsparkctl.yaml'));
  });

  it.each([
    ['--s3-access-key-file id', 'go together'],
    ['--s3-access-key-file id --s3-secret-key-file nowhere', 'cannot read'],
    ['--s3-access-key-file id --s3-secret-key-file two-words', 'one key and nothing else'],
  ])('refuses %s: %s', async (flags, said) => {
    await write('two-words', 'a b');
    expect(await init(`demo ${flags}`)).toMatchObject({ code: 2, err: expect.stringContaining(said) });
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import type { FakeCloud } from '../../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../../hack/fake-cloud/start.ts';
import { type OpsparkctlRun, runOpsparkctl } from '../run-opsparkctl.ts';
import { type FailureCase, saysMessage } from './failure-case.ts';
import { s3Cases } from './s3-cases.ts';

// The S3 client is loaded and compiled with the first use: seconds on a busy machine.
jest.setTimeout(60_000);

let fake: FakeCloud;
let home: string;

beforeAll(async () => {
  fake = await startFakeCloud({ policy: 'patched', bucketNames: 'global' });
  home = await mkdtemp(join(tmpdir(), 's3-failures-'));
  await writeFile(join(home, 'id'), 'nobody\n');
  await writeFile(join(home, 'key'), 'knows-this-secret\n');
});
afterEach(() => fake.heal());
afterAll(async () => {
  await fake.close();
  await rm(home, { recursive: true });
});

const entry = (cloudName: string): OpsparkctlRun => ({ home, cloud: { cloudsFile: fake.cloudsFile, cloudName } });

/** How each case comes about: who runs it, and what was done to the cloud before. */
const arrangements: Readonly<Record<keyof typeof s3Cases, () => OpsparkctlRun | Promise<OpsparkctlRun>>> = {
  ec2Refused: () => entry('demo-app'),
  bucketTaken: async () => {
    expect((await runOpsparkctl(['s3', 'init', '--bucket', 'theirs'], entry('other'))).code).toBe(0);
    return entry('demo');
  },
  bucketInvalid: () => entry('demo'),
  otherRegion: () => entry('demo'),
  clockSkew: () => {
    const body = '<?xml version="1.0"?><Error><Code>RequestTimeTooSkewed</Code><Message>too large</Message></Error>';
    fake.fail({ service: 'object-store' }, { status: 403, body, headers: { 'content-type': 'application/xml' } }, 99);
    return entry('demo');
  },
  wrongKeys: () => entry('demo'),
  storeDown: () => entry('demo'),
  delegatedLogin: () => entry('demo-app'),
};

describe('what goes wrong with the object store and its keys', () => {
  const cases: readonly (readonly [string, keyof typeof s3Cases, FailureCase])[] = Object.entries(s3Cases).map(
    // The keys of an object that is typed by them.
    ([name, failure]) => [`${failure.row}: ${failure.when}`, name as keyof typeof s3Cases, failure],
  );

  it.each(cases)('%s', async (_title, name, failure) => {
    const setting = await arrangements[name]();
    const { code, err, out } = await runOpsparkctl(failure.command.split(' '), setting);
    expect(`${out}\n${err}`).toMatch(saysMessage(failure));
    expect(code).toBe(failure.exitCode);
    for (const secret of [...fake.secrets(), 'knows-this-secret']) expect(out + err).not.toContain(secret);
    expect(fake.credentials().filter(({ kind }) => kind === 'ec2')).toEqual([]);
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import type { FakeCloud } from '../../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../../hack/fake-cloud/start.ts';
import { type OpsparkctlRun, runOpsparkctl } from '../run-opsparkctl.ts';
import { type FailureCase, saysMessage } from './failure-case.ts';
import { loginCases } from './login-cases.ts';

// Several clouds are started, and the S3 client is loaded: seconds on a busy machine.
jest.setTimeout(60_000);

let fake: FakeCloud;
let folder: string;

beforeAll(async () => {
  [fake, folder] = await Promise.all([startFakeCloud(), mkdtemp(join(tmpdir(), 'login-failures-'))]);
});
afterEach(() => fake.heal());
afterAll(async () => {
  await fake.close();
  await rm(folder, { recursive: true });
});

/** How each case comes about: what the command line is run with, and what is done to the cloud before. */
const arrangements: Readonly<Record<keyof typeof loginCases, () => OpsparkctlRun | Promise<OpsparkctlRun>>> = {
  wrongPassword: () => entry('demo-wrong'),
  expiredCredential: () => entry('demo-app-expired'),
  expiredToken: () => ({ env: { OS_AUTH_URL: fake.facts.authUrl, OS_TOKEN: 'gAAAAAB-long-gone' } }),
  wrongProject: () => entry('demo'),
  noProject: () => entry('demo-unscoped'),
  noTicket: () => ({ ...entry('demo-kerberos'), env: { KRB5CCNAME: `FILE:${folder}/none` } }),
  regionMissing: () => entry('demo'),
  interfaceMissing: async () => ({ cloud: await started({ interfaces: ['public'] }) }),
  noObjectStore: () => entry('demo'),
  privateAuthority: async () => {
    const tls = await started({ tls: true });
    const file = join(folder, 'clouds.yaml');
    const text = await readFile(tls.cloudsFile, 'utf8');
    await writeFile(file, text.replaceAll(/ *cacert: .*\n/g, ''), { mode: 0o600 });
    return { cloud: { cloudsFile: file, cloudName: 'demo' } };
  },
  conductorDown: () => {
    const body = { errors: [{ status: 500, detail: 'Timed out waiting for a reply to message ID 1' }] };
    fake.fail({ service: 'container-infra', path: /clustertemplates/ }, { status: 500, body }, 99);
    return entry('demo');
  },
  keystoneDown: async () => {
    const gone = await started({});
    await gone.down();
    return { cloud: gone };
  },
  clockSkew: async () => ({ cloud: await started({ clockSkewMs: 20 * 60_000 }) }),
};

const entry = (cloudName: string): OpsparkctlRun => ({ cloud: { cloudsFile: fake.cloudsFile, cloudName } });

const others: FakeCloud[] = [];
afterEach(() => Promise.all(others.splice(0).map((one) => one.close())));

async function started(options: Parameters<typeof startFakeCloud>[0]): Promise<FakeCloud> {
  const cloud = await startFakeCloud(options);
  others.push(cloud);
  return cloud;
}

describe('what goes wrong with the login and on the way to the services', () => {
  const cases: readonly (readonly [string, keyof typeof loginCases, FailureCase])[] = Object.entries(loginCases).map(
    // The keys of an object that is typed by them.
    ([name, failure]) => [`${failure.row}: ${failure.when}`, name as keyof typeof loginCases, failure],
  );

  it.each(cases)('%s', async (_title, name, failure) => {
    const setting = await arrangements[name]();
    const { code, err, out } = await runOpsparkctl(failure.command.split(' '), setting);
    expect(err).toMatch(saysMessage(failure));
    expect(code).toBe(failure.exitCode);
    if (code !== 0) expect(out).toBe('');
    for (const cloud of [fake, ...others]) for (const secret of cloud.secrets()) expect(err).not.toContain(secret);
  });
});

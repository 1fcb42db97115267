import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parse, stringify } from 'yaml';

import type { FakeCloud } from '../../../hack/fake-cloud/cloud.ts';
import type { FakeCloudOptions } from '../../../hack/fake-cloud/options.ts';
import { startFakeCloud } from '../../../hack/fake-cloud/start.ts';
import { aCertificate, aKeyPair, anAuthority, NOW_MS } from '../../certificates.ts';
import { apiServerStandIn, type StandIn } from '../api-server-stand-in.ts';
import { runOpsparkctl } from '../run-opsparkctl.ts';
import { accessCases } from './access-cases.ts';
import { type FailureCase, saysMessage } from './failure-case.ts';

jest.setTimeout(60_000);

const DAY_MS = 86_400_000;
const open: { close: () => Promise<void> }[] = [];
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'access-failures-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await rm(home, { recursive: true });
});

const opened = <T extends (typeof open)[number]>(one: T): T => {
  open.push(one);
  return one;
};

const started = async (options: FakeCloudOptions = {}): Promise<FakeCloud> =>
  opened(await startFakeCloud({ clusterCount: 3, ...options }));

const kubeconfigFile = (): string => join(home, '.kube', 'config');

/** A cloud whose clusters seem to be at the stand-in, with a kubeconfig that was written for one. */
async function withAccess(status?: 200 | 401): Promise<{ cloud: FakeCloud; standIn: StandIn }> {
  const standIn = opened(await apiServerStandIn(status));
  const cloud = await started({ apiAddress: standIn.server });
  expect((await runOpsparkctl(['kubeconfig', 'cluster-001'], { cloud, home })).code).toBe(0);
  return { cloud, standIn };
}

/** As another administrator of the project does. */
async function rotate(cloud: FakeCloud): Promise<void> {
  const uuid = cloud.clusters()[0]?.uuid ?? '';
  const token = await tokenFor(cloud);
  const magnum = cloud.facts.authUrl.replace(/\/[^/]*\/v3$/, '/container-infra/v1');
  const headers = { 'x-auth-token': token, 'openstack-api-version': 'container-infra 1.10' };
  const answer = await fetch(`${magnum}/certificates/${uuid}`, { method: 'PATCH', headers });
  expect(answer.status).toBe(202);
}

async function tokenFor(cloud: FakeCloud): Promise<string> {
  // Written by the fake cloud itself.
  const { clouds } = parse(await readFile(cloud.cloudsFile, 'utf8')) as {
    clouds: Record<string, { auth: { password: string } }>;
  };
  const user = { name: 'demo', domain: { name: 'Default' }, password: clouds['demo']?.auth.password };
  const scope = { project: { name: 'demo', domain: { name: 'Default' } } };
  const auth = { identity: { methods: ['password'], password: { user } }, scope };
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ auth });
  const answer = await fetch(`${cloud.facts.authUrl}/auth/tokens`, { method: 'POST', headers, body });
  return answer.headers.get('x-subject-token') ?? '';
}

/** Gives the kubeconfig a certificate that ends so long from now, and lets it trust the stand-in beside the cluster. */
async function endingIn(milliseconds: number, standIn: StandIn): Promise<void> {
  const lifeMs = Date.now() + milliseconds - NOW_MS;
  const authority = anAuthority({ lifeMs: 10 * 365 * DAY_MS });
  const certificate = aCertificate({ authority, lifeMs, dnsNames: ['admin'] });
  // Written by opsparkctl itself.
  const file = parse(await readFile(kubeconfigFile(), 'utf8')) as {
    clusters: { cluster: { 'certificate-authority-data': string } }[];
    users: { user: Record<string, string> }[];
  };
  const [cluster, user] = [file.clusters[0]?.cluster, file.users[0]?.user];
  if (cluster === undefined || user === undefined) throw new Error('the kubeconfig is empty');
  const trusted = Buffer.from(cluster['certificate-authority-data'], 'base64').toString('utf8') + standIn.caPem;
  cluster['certificate-authority-data'] = Buffer.from(trusted).toString('base64');
  user['client-certificate-data'] = Buffer.from(certificate).toString('base64');
  user['client-key-data'] = Buffer.from(aKeyPair(2).privatePem).toString('base64');
  await writeFile(kubeconfigFile(), stringify(file));
}

interface Arrangement {
  readonly cloud: FakeCloud;
  readonly after?: () => void | Promise<void>;
}

const arrangements: Readonly<Record<keyof typeof accessCases, () => Promise<Arrangement>>> = {
  rotatedAuthority: async () => {
    const { cloud } = await withAccess();
    await rotate(cloud);
    return { cloud };
  },
  rotatedAuthorityRenewed: async () => {
    const { cloud } = await withAccess();
    const before = await readFile(kubeconfigFile(), 'utf8');
    await rotate(cloud);
    const after = async (): Promise<void> => expect(await readFile(kubeconfigFile(), 'utf8')).not.toBe(before);
    return { cloud, after };
  },
  anotherServer: async () => ({ cloud: (await withAccess()).cloud }),
  expiredCertificate: async () => {
    const { cloud, standIn } = await withAccess(401);
    await endingIn(-DAY_MS, standIn);
    return { cloud };
  },
  expiringCertificate: async () => {
    const { cloud, standIn } = await withAccess();
    await endingIn(9.5 * DAY_MS, standIn);
    return { cloud };
  },
  missingAddress: async () => ({ cloud: await started({ apiAddress: '' }), after: written }),
  privateAddress: async () => ({ cloud: await started({ apiAddress: 'https://10.0.0.5:6443' }), after: written }),
  unreachable: async () => {
    const cloud = await started({ apiAddress: 'https://127.0.0.1:1' });
    expect((await runOpsparkctl(['kubeconfig', 'cluster-001'], { cloud, home })).code).toBe(0);
    return { cloud };
  },
  stillMade: async () => withStatus('CREATE_IN_PROGRESS'),
  failedCluster: async () => withStatus('CREATE_FAILED', 'No valid host was found'),
  unknownCluster: async () => ({ cloud: await started() }),
  severalClusters: async () => {
    const cloud = await started();
    for (const cluster of cloud.clusters().slice(0, 2)) Object.assign(cluster, { name: 'twin' });
    return { cloud };
  },
  noKeystoneTokens: async () => ({ cloud: await started() }),
  brokenKubeconfig: async () => {
    const text = 'users: [{token: s3cret\n';
    await mkdir(join(home, '.kube'));
    await writeFile(kubeconfigFile(), text);
    const after = async (): Promise<void> => expect(await readFile(kubeconfigFile(), 'utf8')).toBe(text);
    return { cloud: await started(), after };
  },
  oldMagnum: async () => ({ cloud: await started({ maxMicroversion: '1.5' }) }),
};

const written = async (): Promise<void> =>
  expect(await readFile(kubeconfigFile(), 'utf8')).toContain('cluster-001-RegionOne');

async function withStatus(status: string, reason?: string): Promise<Arrangement> {
  const cloud = await started();
  cloud.setStatus(cloud.clusters()[0]?.uuid ?? '', status, reason);
  return { cloud };
}

describe('access to a cluster', () => {
  const named = Object.entries(accessCases).map(
    ([name, found]) => [`${found.row}: ${found.when}`, name, found] as [string, keyof typeof accessCases, FailureCase],
  );

  it.each(named)('%s', async (_title, name, failure) => {
    const { cloud, after } = await arrangements[name]();
    // Helm is looked for before the cluster is; here it is never run for more than its version.
    const helm = join(home, 'helm');
    await writeFile(helm, '#!/bin/sh\necho v3.19.0\n', { mode: 0o755 });
    const env = { OPSPARKCTL_HELM: helm };
    const { code, out, err } = await runOpsparkctl(failure.command.split(' '), { cloud, home, env });
    expect(`${out}\n${err}`).toMatch(saysMessage(failure));
    expect(code).toBe(failure.exitCode);
    for (const secret of [...cloud.secrets(), 's3cret']) expect(`${out}${err}`).not.toContain(secret);
    await after?.();
  });
});

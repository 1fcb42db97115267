import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parse, stringify } from 'yaml';

import { eventually } from '../../../hack/cluster/eventually.ts';
import { helmPath } from '../../../hack/cluster/binaries.ts';
import { call, expectOk, logIn, textAt } from '../../../hack/real-cloud/rest.ts';
import { startRealCloud, type RealCloud } from '../../../hack/real-cloud/real-cloud.ts';
import { type OpsparkctlRun, runOpsparkctl } from '../run-opsparkctl.ts';
import { saysMessage } from './failure-case.ts';
import { realCases, type RealCase } from './real-cases.ts';

// A frozen conductor takes Magnum's API a minute for each try.
jest.setTimeout(240_000);

type Arrange = () => OpsparkctlRun | Promise<OpsparkctlRun>;
type Auth = Readonly<Record<string, string>>;

let rig: RealCloud;
let home: string;
let token: string;
let cloudsFile: string;
const secrets: string[] = ['not-the-password'];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'real-failures-'));
  // No local Kubernetes takes part: it is not taken from tests that need it.
  rig = await startRealCloud({ cluster: 'none', address: '127.0.0.1', kerberos: true });
  await rig.heat.delay(200);
  await writeLogins();
  await writeFile(join(home, 'id'), 'nobody\n');
  await writeFile(join(home, 'key'), 'knows-this-secret\n');
  for (const name of ['theirs', 'twin', 'twin']) await orderCluster(name);
}, 400_000);
afterAll(async () => {
  await rig.stop();
  await rm(home, { recursive: true });
}, 60_000);

const entry = (cloudName: string, env = {}): OpsparkctlRun => ({
  home,
  cloud: { cloudsFile, cloudName },
  env: { OPSPARKCTL_HELM: helmPath(), ...env },
  hurry: 1,
});
const demo = (): OpsparkctlRun => entry('demo');

/** How each case comes about. */
const arrangements: Readonly<Record<keyof typeof realCases, Arrange>> = {
  wrongPassword: () => entry('demo-wrong'),
  expiredCredential: () => entry('demo-app-expired'),
  expiredToken: () => {
    const env = { OS_AUTH_URL: rig.facts.authUrl, OS_TOKEN: 'gAAAAAB-long-gone' };
    return { home, env, hurry: 1 };
  },
  wrongProject: demo,
  noProject: () => entry('demo-unscoped'),
  noTicket: () => entry('demo-kerberos', { ...rig.facts.kerberos, KRB5CCNAME: `FILE:${home}/none` }),
  regionMissing: demo,
  interfaceMissing: demo,
  noObjectStore: demo,

  ec2Refused: () => entry('demo-app'),
  bucketInvalid: demo,
  otherRegion: demo,
  wrongKeys: demo,
  storeDown: demo,
  delegatedLogin: () => entry('demo-app'),

  restrictedCredential: () => entry('demo-app'),
  unknownTemplate: demo,
  unknownFlavor: demo,
  unknownKeypair: demo,
  interrupted: async () => {
    await othersAreUp();
    await rig.heat.next('CREATE', { kind: 'stuck' });
    const keys = new AbortController();
    void clustersNamed('endless', 1).then(() => keys.abort());
    return { ...demo(), interrupted: keys.signal };
  },
  endlessProgress: demo,
  stillMade: demo,
  createFailed: async () => {
    await othersAreUp();
    await rig.heat.next('CREATE', { kind: 'fail', reason: 'No valid host was found. There are not enough hosts.' });
    return demo();
  },
  failedCluster: demo,
  unrestrictedCredential: () => entry('demo-app-unrestricted'),

  nameTaken: async () => {
    await othersAreUp();
    return demo();
  },
  unknownCluster: demo,
  severalClusters: async () => {
    await othersAreUp();
    return demo();
  },
  noKeystoneTokens: demo,
  unreachable: async () => {
    expect((await runOpsparkctl(['kubeconfig', 'theirs'], demo())).code).toBe(0);
    return demo();
  },
  clusterQuota: async () => {
    await limitClusters(6);
    return demo();
  },
  deleteFailed: async () => {
    const fail = () => rig.heat.next('DELETE', { kind: 'fail', reason: 'Port is in use', delayMs: 100 });
    await fail();
    const failed = async (): Promise<boolean> =>
      (await rig.heat.stacks()).some(({ action, status }) => action === 'DELETE' && status === 'FAILED');
    // It is asked for once more.
    void eventually(failed, { timeoutMs: 60_000, everyMs: 300 }).then(fail);
    return demo();
  },

  conductorDown: () => {
    rig.pause('magnum-conductor');
    return demo();
  },
  keystoneDown: async () => {
    rig.resume('magnum-conductor');
    await rig.end('keystone');
    return demo();
  },
};

describe('what goes wrong with Keystone, Magnum, Nova and Swift', () => {
  const cases: readonly (readonly [string, keyof typeof realCases, RealCase])[] = Object.entries(realCases).map(
    // The keys of an object that is typed by them.
    ([name, one]) => [`${one.of.row}: ${one.of.when}`, name as keyof typeof realCases, one],
  );

  it.each(cases)('%s', async (_title, name, { here }) => {
    const setting = await arrangements[name]();
    const { code, err, out } = await runOpsparkctl(here.command.split(' '), setting);
    expect(`${out}\n${err}`).toMatch(saysMessage(here));
    expect(code).toBe(here.exitCode);
    for (const secret of secrets) expect(out + err).not.toContain(secret);
  });
});

/** The cloud's clouds.yaml, and logins beside it that do not work. */
async function writeLogins(): Promise<void> {
  // Written by the cloud itself, from clouds-file.ts.
  const { clouds } = parse(await readFile(rig.cloudsFile, 'utf8')) as {
    readonly clouds: Readonly<Record<string, { readonly auth: Auth }>>;
  };
  const { auth = {}, ...usual } = clouds['demo'] ?? {};
  const unscoped = Object.fromEntries(Object.entries(auth).filter(([key]) => !key.startsWith('project_')));
  token = await logIn({ authUrl: rig.facts.authUrl, user: 'demo', password: auth['password'] ?? '', project: 'demo' });
  for (const { auth: kept } of Object.values(clouds))
    secrets.push(...[kept['password'], kept['application_credential_secret']].filter((one) => one !== undefined));
  secrets.push(token, 'knows-this-secret');
  const more = {
    'demo-wrong': { ...usual, auth: { ...auth, password: 'not-the-password' } },
    'demo-unscoped': { ...usual, auth: unscoped },
    'demo-app-expired': { ...usual, auth_type: 'v3applicationcredential', auth: await expiredCredential() },
  };
  cloudsFile = join(home, 'clouds.yaml');
  await writeFile(cloudsFile, stringify({ clouds: { ...clouds, ...more } }), { mode: 0o600 });
}

async function expiredCredential(): Promise<Auth> {
  const LIFE_MS = 3000;
  const { authUrl, users } = rig.facts;
  const expires_at = new Date(Date.now() + LIFE_MS).toISOString().replace('Z', '');
  const url = `${authUrl}/users/${users.demo}/application_credentials`;
  const body = { application_credential: { name: 'demo-app-expired', expires_at } };
  const made = (await expectOk({ method: 'POST', url, token, body })).body;
  const read = (key: string): string => textAt(made, 'application_credential', key);
  secrets.push(read('secret'));
  await wait(LIFE_MS);
  return { auth_url: authUrl, application_credential_id: read('id'), application_credential_secret: read('secret') };
}

/** A cluster that another client orders. */
async function orderCluster(name: string): Promise<void> {
  const url = `${rig.facts.urls.containerInfra}/v1/clusters`;
  const body = { name, cluster_template_id: rig.facts.templates['k8s'], node_count: 1, keypair: rig.facts.keypair };
  await expectOk({ method: 'POST', url, token, body });
}

/** Waits until there are so many clusters of a name. */
async function clustersNamed(name: string, count: number, status?: string): Promise<void> {
  const seen = async (): Promise<boolean> => {
    const answer = await call({ url: `${rig.facts.urls.containerInfra}/v1/clusters`, token });
    // What Magnum lists.
    const { clusters = [] } = answer.body as { clusters?: readonly { name: string; status: string }[] };
    return clusters.filter((one) => one.name === name && (status ?? one.status) === one.status).length === count;
  };
  expect(await eventually(seen, { timeoutMs: 90_000, everyMs: 500 })).toBe(true);
}

/** What becomes of the next stack is then what becomes of ours. */
async function othersAreUp(): Promise<void> {
  await clustersNamed('theirs', 1, 'CREATE_COMPLETE');
  await clustersNamed('twin', 2, 'CREATE_COMPLETE');
}

async function limitClusters(hard_limit: number): Promise<void> {
  // Written by the cloud itself, from clouds-file.ts.
  const { clouds } = parse(await readFile(rig.cloudsFile, 'utf8')) as {
    readonly clouds: { readonly admin: { readonly auth: Auth } };
  };
  const password = clouds.admin.auth['password'] ?? '';
  const admin = await logIn({ authUrl: rig.facts.authUrl, user: 'admin', password, project: 'admin' });
  const url = `${rig.facts.urls.containerInfra}/v1/quotas`;
  const body = { project_id: rig.facts.projects.demo, resource: 'Cluster', hard_limit };
  await expectOk({
    method: 'POST',
    url,
    token: admin,
    body,
    headers: { 'OpenStack-API-Version': 'container-infra 1.10' },
  });
}

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import { authorityHost } from '../../hack/cluster/authorities.ts';
import { eventually } from '../../hack/cluster/eventually.ts';
import { call, logIn, textAt, type Answer } from '../../hack/real-cloud/rest.ts';
import { startRealCloud, type RealCloud } from '../../hack/real-cloud/real-cloud.ts';
import { run } from '../../hack/run.ts';
import { runOpsparkctl } from './run-opsparkctl.ts';

let cloud: RealCloud;
let token: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'real-cloud-test-'));
  cloud = await startRealCloud({ kerberos: true });
  token = await logInAsDemo();
}, 400_000);

afterAll(async () => {
  await cloud.stop();
  await rm(folder, { recursive: true });
}, 60_000);

describe('a real cloud', () => {
  it('makes a cluster whose certificates the machines of the cluster accept, and forgets them with it', async () => {
    const uuid = await createCluster('trusted');
    const made = await settled(uuid);
    expect(made).toMatchObject({ status: 'CREATE_COMPLETE', node_count: 1 });

    const caPem = textAt((await magnum(`certificates/${uuid}`)).body, 'pem');
    const admin = await sign(uuid, '/CN=admin/O=system:masters');
    const server = await sign(uuid, '/CN=server', 'subjectAltName=IP:127.0.0.1');
    expect(await nameSeenBy({ ...server, ca: caPem }, { ...admin, ca: caPem })).toBe('admin');

    const host = authorityHost(cloud.facts.cluster);
    expect(textAt(made, 'api_address')).toBe(`https://${host ?? '127.0.0.2'}:6443`);
    if (host !== undefined) expect(await versionOf(host, { ...admin, ca: caPem })).toContain('gitVersion');

    expect((await magnum(`clusters/${uuid}`, { method: 'DELETE' })).status).toBe(204);
    const isGone = async (): Promise<boolean> => (await magnum(`clusters/${uuid}`)).status === 404;
    expect(await eventually(isGone, { timeoutMs: 90_000, everyMs: 1000 })).toBe(true);
    if (host !== undefined) await expect(versionOf(host, { ...admin, ca: caPem })).rejects.toThrow();
  }, 300_000);

  it('fails the next cluster for the reason it was told', async () => {
    await cloud.heat.next('CREATE', { kind: 'fail', reason: 'No valid host was found.', delayMs: 100 });
    const failed = await settled(await createCluster('failing'));
    expect(failed).toMatchObject({ status: 'CREATE_FAILED' });
    expect(JSON.stringify(failed)).toContain('No valid host was found.');
  }, 200_000);

  it('refuses keys for S3 to an application credential', async () => {
    const { id, secret } = await applicationCredential();
    const identity = { methods: ['application_credential'], application_credential: { id, secret } };
    const login = await call({
      method: 'POST',
      url: `${cloud.facts.authUrl}/auth/tokens`,
      body: { auth: { identity } },
    });
    expect(login.status).toBe(201);
    const { users, projects, authUrl } = cloud.facts;
    const answer = await call({
      method: 'POST',
      url: `${authUrl}/users/${users.demo}/credentials/OS-EC2`,
      token: login.headers.get('X-Subject-Token') ?? '',
      body: { tenant_id: projects.demo },
    });
    expect(answer.status).toBe(403);
  }, 60_000);

  it('takes a Kerberos ticket for a login, and nothing without one', async () => {
    const asked = { cloud: { cloudsFile: cloud.cloudsFile, cloudName: 'demo-kerberos' }, hurry: 1 };
    const ticket = { ...cloud.facts.kerberos };
    const { out } = await runOpsparkctl(['doctor', '--output', 'json'], { ...asked, env: ticket });
    expect(out).toContain('demo (Default) by kerberos');
    const none = { ...ticket, KRB5CCNAME: `FILE:${join(folder, 'no-ticket')}` };
    const refused = await runOpsparkctl(['doctor', '--output', 'json'], { ...asked, env: none });
    expect(refused.out).toContain('kinit');
    expect(refused.code).toBe(3);
  }, 90_000);

  it('can freeze a service, and lets it go on', async () => {
    cloud.pause('magnum-conductor');
    try {
      await expect(magnum('clusters', { timeoutMs: 3000 })).rejects.toThrow('timeout');
    } finally {
      cloud.resume('magnum-conductor');
    }
    const answers = async (): Promise<boolean> => (await magnum('clusters')).status === 200;
    expect(await eventually(answers, { timeoutMs: 60_000 })).toBe(true);
  }, 150_000);

  it('can end a service, and start it again', async () => {
    await cloud.end('keystone');
    await expect(logInAsDemo()).rejects.toThrow('fetch failed');
    await cloud.restart('keystone');
    await expect(logInAsDemo()).resolves.toMatch(/\S/);
  }, 120_000);
});

async function clouds(): Promise<Readonly<Record<string, { readonly auth: Readonly<Record<string, string>> }>>> {
  // Written by the cloud itself, from clouds-file.ts.
  const file = parse(await readFile(cloud.cloudsFile, 'utf8')) as {
    readonly clouds: Awaited<ReturnType<typeof clouds>>;
  };
  return file.clouds;
}

async function logInAsDemo(): Promise<string> {
  const password = (await clouds())['demo']?.auth['password'] ?? '';
  return logIn({ authUrl: cloud.facts.authUrl, user: 'demo', password, project: 'demo' });
}

async function applicationCredential(): Promise<{ readonly id: string; readonly secret: string }> {
  const auth = (await clouds())['demo-app']?.auth ?? {};
  return { id: auth['application_credential_id'] ?? '', secret: auth['application_credential_secret'] ?? '' };
}

function magnum(
  path: string,
  { method = 'GET', body, timeoutMs = 90_000 }: { method?: string; body?: object; timeoutMs?: number } = {},
): Promise<Answer> {
  const url = `${cloud.facts.urls.containerInfra}/v1/${path}`;
  const headers = { 'OpenStack-API-Version': 'container-infra latest' };
  return call({ method, url, token, headers, ...(body === undefined ? {} : { body }) }, timeoutMs);
}

async function createCluster(name: string): Promise<string> {
  const { template, keypair } = cloud.facts;
  const body = { name, cluster_template_id: template, keypair, node_count: 1, master_count: 1 };
  const answer = await magnum('clusters', { method: 'POST', body });
  expect(answer.status).toBe(202);
  return textAt(answer.body, 'uuid');
}

/** The cluster once nothing happens to it any more. */
async function settled(uuid: string): Promise<unknown> {
  let cluster: unknown;
  const isSettled = async (): Promise<boolean> => {
    cluster = (await magnum(`clusters/${uuid}`)).body;
    return /_(COMPLETE|FAILED)$/.test(textAt(cluster, 'status'));
  };
  expect(await eventually(isSettled, { timeoutMs: 150_000, everyMs: 1000 })).toBe(true);
  return cluster;
}

interface Pair {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
}

/** A key and a certificate for it, signed by Magnum. */
async function sign(uuid: string, subject: string, extension?: string): Promise<Pair> {
  const key = join(folder, 'key.pem');
  const added = extension === undefined ? [] : ['-addext', extension];
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key];
  const { stdout: csr } = await run('openssl', ['req', '-new', ...newKey, '-subj', subject, ...added]);
  const answer = await magnum('certificates', { method: 'POST', body: { cluster_uuid: uuid, csr } });
  expect(answer.status).toBe(201);
  return { cert: textAt(answer.body, 'pem'), key: await readFile(key, 'utf8') };
}

/** The common name that a server with the one certificate sees of a client with the other. */
async function nameSeenBy(server: Pair, client: Pair): Promise<string> {
  const https = createServer({ ...server, requestCert: true, rejectUnauthorized: true }, (incoming, response) => {
    const { socket } = incoming;
    response.end(socket instanceof TLSSocket ? String(socket.getPeerCertificate().subject.CN) : '');
  });
  await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve));
  try {
    // A server that listens on TCP has an address with a port.
    const { port } = https.address() as AddressInfo;
    return await textFrom(`https://127.0.0.1:${port}/`, client);
  } finally {
    https.close();
  }
}

const versionOf = (host: string, client: Pair): Promise<string> => textFrom(`https://${host}:6443/version`, client);

function textFrom(url: string, { cert, key, ca }: Pair): Promise<string> {
  return new Promise((resolve, reject) => {
    const get = request(url, { cert, key, ca, agent: false, timeout: 10_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(text));
    });
    get.on('timeout', () => get.destroy(new Error('no answer')));
    get.on('error', reject);
    get.end();
  });
}

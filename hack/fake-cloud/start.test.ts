import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import type { FakeCloud } from './cloud.ts';
import { textAt } from './http/body.ts';
import { startFakeCloud } from './start.ts';
import type { FakeCloudOptions } from './options.ts';

const open: FakeCloud[] = [];
const started = async (options: FakeCloudOptions = {}): Promise<FakeCloud> => {
  const cloud = await startFakeCloud({ latencies: { createMs: 0, pollMs: 10 }, ...options });
  open.push(cloud);
  return cloud;
};
afterEach(async () => {
  for (const cloud of open.splice(0)) await cloud.close();
});

interface Entry {
  readonly auth: Readonly<Record<string, string>>;
}

async function tokenOf({ cloudsFile, facts }: FakeCloud, entry = 'demo'): Promise<string> {
  // Written by the fake itself.
  const { clouds } = parse(readFileSync(cloudsFile, 'utf8')) as { clouds: Readonly<Record<string, Entry>> };
  const { username: name, password, project_name: project } = clouds[entry]?.auth ?? {};
  const domain = { id: 'default' };
  const identity = { methods: ['password'], password: { user: { name, password, domain } } };
  const answer = await fetch(`${facts.authUrl}/auth/tokens`, {
    method: 'POST',
    body: JSON.stringify({ auth: { identity, scope: { project: { name: project, domain } } } }),
  });
  return answer.headers.get('x-subject-token') ?? '';
}

async function magnum(cloud: FakeCloud, method: string, path: string, body?: object): Promise<Response> {
  const url = cloud.facts.authUrl.replace('/identity/v3', '/container-infra/v1');
  return fetch(`${url}${path}`, {
    method,
    headers: { 'x-auth-token': await tokenOf(cloud), 'openstack-api-version': 'container-infra latest' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const order = { name: 'one', cluster_template_id: 'k8s', keypair: 'demo-key' };

async function create(cloud: FakeCloud): Promise<string> {
  return textAt(await (await magnum(cloud, 'POST', '/clusters', order)).json(), 'uuid') ?? '';
}

async function status(cloud: FakeCloud, wanted: string): Promise<void> {
  for (let tries = 0; tries < 500 && cloud.clusters()[0]?.status !== wanted; tries++) await sleep(20);
  expect(cloud.clusters()[0]?.status).toBe(wanted);
}

describe('startFakeCloud', () => {
  it('goes on where it was, at the same address, from its state file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fake-cloud-test-'));
    try {
      const stateFile = join(folder, 'state.json');
      const first = await started({ stateFile });
      const uuid = await create(first);
      await status(first, 'CREATE_COMPLETE');
      const token = await tokenOf(first);
      await first.close();
      // The client must have seen its connections end: the next cloud has the same address.
      await sleep(100);
      expect(statSync(stateFile).mode & 0o777).toBe(0o600);
      const raised: string[] = [];
      const second = await started({ stateFile, onClusterUp: async ({ uuid: again }) => void raised.push(again) });
      expect(second.facts.authUrl).toBe(first.facts.authUrl);
      expect(second.clusters().map((cluster) => cluster.uuid)).toEqual([uuid]);
      expect(raised).toEqual([uuid]);
      const answer = await fetch(`${second.facts.authUrl}/auth/projects`, { headers: { 'x-auth-token': token } });
      expect(answer.status).toBe(200);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('hands the authority to the caller before a cluster is complete, and tells when it goes', async () => {
    const told: string[] = [];
    const cloud = await started({
      apiAddress: 'https://10.0.0.1:6443',
      onClusterUp: async ({ name, caPem }) => void told.push(`up ${name} ${caPem.slice(0, 27)}`),
      onClusterGone: async ({ name }) => void told.push(`gone ${name}`),
    });
    const uuid = await create(cloud);
    await status(cloud, 'CREATE_COMPLETE');
    expect(cloud.clusters()[0]?.apiAddress).toBe('https://10.0.0.1:6443');
    await magnum(cloud, 'DELETE', `/clusters/${uuid}`);
    for (let tries = 0; tries < 500 && cloud.clusters().length > 0; tries++) await sleep(20);
    expect(told).toEqual(['up one -----BEGIN CERTIFICATE-----', 'gone one']);
  });

  it('fails a cluster whose machines the caller cannot make', async () => {
    const cloud = await started({ onClusterUp: () => Promise.reject(new Error('no machine')) });
    await create(cloud);
    await status(cloud, 'CREATE_FAILED');
    expect(cloud.clusters()[0]?.statusReason).toBe('no machine');
  });

  it('goes wrong as told, so often as told', async () => {
    const cloud = await started();
    cloud.fail({ service: 'container-infra', method: 'GET', path: /clusters$/ }, { status: 503, body: 'busy' }, 2);
    const statuses = [];
    for (let count = 0; count < 3; count++) statuses.push((await magnum(cloud, 'GET', '/clusters')).status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  it('cuts connections: before it has acted, and after', async () => {
    const cloud = await started();
    cloud.fail({ service: 'container-infra', method: 'POST' }, 'reset');
    await expect(magnum(cloud, 'POST', '/clusters', order)).rejects.toThrow('fetch failed');
    expect(cloud.clusters()).toEqual([]);
    cloud.fail({ service: 'container-infra', method: 'POST' }, 'lostAnswer');
    await expect(magnum(cloud, 'POST', '/clusters', order)).rejects.toThrow('fetch failed');
    expect(cloud.clusters()).toHaveLength(1);
    const posts = cloud.requests({ service: 'container-infra', method: 'POST' });
    expect(posts.map((entry) => entry.status)).toEqual([0, 0]);
  });

  it('keeps no secret in its journal', async () => {
    const cloud = await started();
    await create(cloud);
    const journal = JSON.stringify(cloud.requests());
    expect(journal).toContain('"demo"');
    expect(cloud.secrets().filter((secret) => journal.includes(secret))).toEqual([]);
  });

  it('refuses an application credential a cluster, unless Keystone is old or Magnum makes no trusts', async () => {
    const outcomes: string[] = [];
    for (const [options, entry] of [
      [{}, 'demo-app-unrestricted'],
      [{ policy: 'old' }, 'demo-app-unrestricted'],
      [{ policy: 'old' }, 'demo-app'],
      [{ maxMicroversion: '1.13', drivers: 'capi-helm' }, 'demo-app-unrestricted'],
      [{ maxMicroversion: '1.13', drivers: 'capi-helm' }, 'demo-app'],
    ] as const) {
      const cloud = await started(options);
      const credential = await credentialToken(cloud, entry);
      const url = cloud.facts.authUrl.replace('/identity/v3', '/container-infra/v1/clusters');
      const headers = { 'x-auth-token': credential };
      await fetch(url, { method: 'POST', headers, body: JSON.stringify(order) });
      for (let tries = 0; tries < 500 && cloud.clusters()[0]?.status === 'CREATE_IN_PROGRESS'; tries++) await sleep(20);
      outcomes.push(cloud.clusters()[0]?.status ?? '');
    }
    expect(outcomes).toEqual(['CREATE_FAILED', 'CREATE_COMPLETE', 'CREATE_FAILED', 'CREATE_COMPLETE', 'CREATE_FAILED']);
  });

  it('never reports a failure with the driver of vexxhost', async () => {
    const cloud = await started({ drivers: 'vexxhost' });
    cloud.nextCluster({ outcome: 'fail', reason: 'quota', createMs: 0 });
    await create(cloud);
    await sleep(100);
    expect(cloud.clusters()[0]?.status).toBe('CREATE_IN_PROGRESS');
  });

  it('is away and comes back', async () => {
    const cloud = await started();
    await cloud.down();
    await expect(fetch(cloud.facts.authUrl)).rejects.toThrow('fetch failed');
    await cloud.up();
    expect((await fetch(cloud.facts.authUrl)).status).toBe(200);
  });

  it('has as many clusters as it is told to', async () => {
    const cloud = await started({ clusterCount: 200 });
    const { clusters, next } = (await (await magnum(cloud, 'GET', '/clusters?limit=150')).json()) as {
      readonly clusters: readonly unknown[];
      readonly next?: string;
    };
    expect(clusters).toHaveLength(150);
    expect(next).toMatch(/limit=150&marker=/);
  });
});

async function credentialToken({ cloudsFile, facts }: FakeCloud, entry: string): Promise<string> {
  // Written by the fake itself.
  const { clouds } = parse(readFileSync(cloudsFile, 'utf8')) as { clouds: Readonly<Record<string, Entry>> };
  const { application_credential_id: id, application_credential_secret: secret } = clouds[entry]?.auth ?? {};
  const identity = { methods: ['application_credential'], application_credential: { id, secret } };
  const answer = await fetch(`${facts.authUrl}/auth/tokens`, {
    method: 'POST',
    body: JSON.stringify({ auth: { identity } }),
  });
  return answer.headers.get('x-subject-token') ?? '';
}

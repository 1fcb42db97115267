import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'yaml';

import type { FakeCloud } from '../../hack/fake-cloud/cloud.ts';
import type { FakeCloudOptions } from '../../hack/fake-cloud/options.ts';
import { startFakeCloud } from '../../hack/fake-cloud/start.ts';
import { runOpsparkctl, type OpsparkctlEnd } from './run-opsparkctl.ts';

jest.setTimeout(60_000);

const clouds: FakeCloud[] = [];
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
});
afterEach(async () => {
  await Promise.all(clouds.splice(0).map((cloud) => cloud.close()));
  await rm(home, { recursive: true });
});

async function started(options: FakeCloudOptions = {}): Promise<FakeCloud> {
  const cloud = await startFakeCloud({ clusterCount: 2, apiAddress: 'https://192.0.2.7:6443', ...options });
  clouds.push(cloud);
  return cloud;
}

const kubeconfig = (cloud: FakeCloud, ...args: readonly string[]): Promise<OpsparkctlEnd> =>
  runOpsparkctl(['kubeconfig', ...args], { cloud, home });

interface Kubeconfig {
  readonly 'current-context': string;
  readonly clusters: readonly { readonly name: string; readonly cluster: Readonly<Record<string, unknown>> }[];
  readonly contexts: readonly { readonly name: string }[];
  readonly users: readonly { readonly name: string; readonly user: Readonly<Record<string, unknown>> }[];
}

// Written by opsparkctl itself.
const written = async (): Promise<Kubeconfig> =>
  parse(await readFile(join(home, '.kube', 'config'), 'utf8')) as Kubeconfig;

describe('opsparkctl kubeconfig', () => {
  it('puts clusters side by side, and makes the first one current', async () => {
    const cloud = await started();
    await kubeconfig(cloud, 'cluster-001');
    await runOpsparkctl(['create', 'local-kube-config', 'cluster-002'], { cloud, home });
    const { clusters, 'current-context': current } = await written();
    expect(clusters.map(({ name }) => name)).toEqual(['cluster-001-RegionOne', 'cluster-002-RegionOne']);
    expect(current).toBe('cluster-001-RegionOne');
    await kubeconfig(cloud, 'cluster-002', '--set-current');
    expect((await written())['current-context']).toBe('cluster-002-RegionOne');
  });

  it('asks Magnum to sign only when it must', async () => {
    const cloud = await started();
    await kubeconfig(cloud, 'cluster-001');
    await kubeconfig(cloud, 'cluster-001');
    const signed = () => cloud.requests({ method: 'POST', path: /\/certificates$/ }).length;
    expect(signed()).toBe(1);
    const { out } = await kubeconfig(cloud, 'cluster-001', '--renew');
    expect(out).toMatch(/^cluster-001-RegionOne +admin +made/m);
    expect(signed()).toBe(2);
  });

  it('changes nothing in a dry run', async () => {
    const cloud = await started();
    const { code, out } = await kubeconfig(cloud, 'cluster-001', '--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/^cluster-001-RegionOne +admin +would be made/m);
    expect(await readdir(home)).toEqual([]);
    expect(cloud.requests({ method: 'POST', path: /\/certificates$/ })).toEqual([]);
  });

  it('prints it for a pipe, and writes nothing', async () => {
    const { code, out } = await kubeconfig(await started(), 'cluster-001', '--stdout');
    expect(code).toBe(0);
    expect(parse(out)).toMatchObject({ 'current-context': 'cluster-001-RegionOne', users: [{ user: {} }] });
    expect(await readdir(home)).toEqual([]);
  });

  it('keeps the way to the API server that was once told', async () => {
    const cloud = await started({ apiAddress: 'https://10.0.0.5:6443' });
    const place = { 'proxy-url': 'socks5://bastion:1080', server: 'https://203.0.113.4:6443' };
    await kubeconfig(cloud, 'cluster-001', '--api-address', '203.0.113.4', '--proxy', place['proxy-url']);
    expect((await written()).clusters[0]?.cluster).toMatchObject(place);
    expect((await kubeconfig(cloud, 'cluster-001')).out).toContain('kept');
    expect((await kubeconfig(cloud, 'cluster-001', '--renew')).out).toContain('made');
    expect((await written()).clusters[0]?.cluster).toMatchObject(place);
  });

  it('writes no secret for a login through Keystone', async () => {
    const cloud = await started();
    for (const cluster of cloud.clusters()) Object.assign(cluster, { labels: { keystone_auth_enabled: 'true' } });
    const { code } = await kubeconfig(cloud, 'cluster-001', '--user', 'keystone');
    expect(code).toBe(0);
    const { users } = await written();
    expect(users).toMatchObject([
      { name: 'cluster-001-RegionOne-keystone', user: { exec: { command: 'client-keystone-auth' } } },
    ]);
    for (const secret of cloud.secrets()) expect(JSON.stringify(users)).not.toContain(secret);
  });

  it('needs nobody to choose where there is only one cluster', async () => {
    const { code, out } = await kubeconfig(await started({ clusterCount: 1 }));
    expect(code).toBe(0);
    expect(out).toContain('cluster-001-RegionOne');
  });

  it('writes where KUBECONFIG says, for its owner only', async () => {
    const cloud = await started();
    const file = join(home, 'mine');
    await writeFile(file, 'kind: Config\n', { mode: 0o644 });
    await runOpsparkctl(['kubeconfig', 'cluster-001'], { cloud, home, env: { KUBECONFIG: file } });
    expect(await readFile(file, 'utf8')).toContain('cluster-001-RegionOne');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['--stdout with --output', ['--stdout', '--output', 'f'], '--stdout and --output exclude each other'],
    ['a proxy that is no URL', ['--proxy', 'bastion'], '--proxy "bastion" is not a URL'],
    ['a token that is too short', ['--duration', '5m'], 'Expected 10m or more'],
    ['a user of no kind', ['--user', 'root'], 'Expected admin, keystone or sa:NAMESPACE/NAME'],
    ['an address that is none', ['--api-address', 'no host'], '--api-address "no host" is neither'],
  ])('refuses %s', async (_what, args, message) => {
    const { code, err } = await kubeconfig(await started(), 'cluster-001', ...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('shows no key and no token, not even with --debug', async () => {
    const cloud = await started();
    const { out, err } = await kubeconfig(cloud, 'cluster-001', '--debug');
    const data = String((await written()).users[0]?.user['client-key-data']);
    const key = Buffer.from(data, 'base64').toString('utf8').split('\n')[1] ?? '';
    expect(err).toMatch(/POST .*\/certificates/);
    for (const secret of [...cloud.secrets(), data, key]) expect(`${out}${err}`).not.toContain(secret);
  });
});

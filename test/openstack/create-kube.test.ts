import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import type { FakeCloud } from '../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../hack/fake-cloud/start.ts';
import type { Ask } from '../../terminal/ask.ts';
import { type OpsparkctlRun, runOpsparkctl } from './run-opsparkctl.ts';

jest.setTimeout(120_000);

let cloud: FakeCloud;
let home: string;

beforeEach(async () => {
  cloud = await startFakeCloud();
  home = await mkdtemp(join(tmpdir(), 'opsparkctl-create-kube-'));
});
afterEach(async () => {
  await cloud.close();
  await rm(home, { recursive: true });
});

const run = (args: readonly string[], options: OpsparkctlRun = {}) => runOpsparkctl(args, { cloud, home, ...options });
const create = (...args: readonly string[]) => run(['create', 'kube', 'demo', '--template', 'k8s', ...args]);
const orders = () => cloud.requests({ method: 'POST', path: /\/clusters$/ });
const kubeconfig = () => join(home, '.kube', 'config');
const stateFile = () => join(home, '.local/state/opsparkctl', `demo-${cloud.facts.project.id}.json`);

describe('create kube', () => {
  it('orders a cluster, waits for it, writes a kubeconfig, and remembers it', async () => {
    const { code, out, err } = await create('--nodes', '2', '--label', 'a=1', '-o', 'json');
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('built by Magnum') });
    const [cluster] = cloud.clusters();
    expect(JSON.parse(out)).toMatchObject({ name: 'demo', uuid: cluster?.uuid, status: 'CREATE_COMPLETE', nodes: 2 });
    expect((await stat(kubeconfig())).mode & 0o777).toBe(0o600);
    expect(await readFile(kubeconfig(), 'utf8')).toContain('current-context: "demo-RegionOne"');
    const state = await readFile(stateFile(), 'utf8');
    expect(JSON.parse(state)).toMatchObject({ clusters: [{ name: 'demo', uuid: cluster?.uuid, region: 'RegionOne' }] });
    for (const secret of cloud.secrets()) expect(state + out + err).not.toContain(secret);
  });

  it('done again changes nothing and says the same', async () => {
    const first = await create('-o', 'json');
    const before = await readFile(kubeconfig(), 'utf8');
    cloud.forget();
    const second = await create('-o', 'json');
    expect(second).toMatchObject({ code: 0, out: first.out });
    expect(cloud.requests({ service: 'container-infra' }).filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(await readFile(kubeconfig(), 'utf8')).toBe(before);
  });

  it('is gone on with from another home folder', async () => {
    await create('--no-wait');
    const elsewhere = await runOpsparkctl(['create', 'kube', 'demo', '-o', 'json'], { cloud });
    expect(elsewhere.code).toBe(0);
    expect(JSON.parse(elsewhere.out)).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(orders()).toHaveLength(1);
  });

  it('ends at once with --no-wait, and waits when it is said again', async () => {
    const ordered = await create('--no-wait', '-o', 'json');
    expect(JSON.parse(ordered.out)).toMatchObject({ status: 'CREATE_IN_PROGRESS', kubeconfig: null });
    const waited = await create('-o', 'json');
    expect(JSON.parse(waited.out)).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(orders()).toHaveLength(1);
  });

  it('shows the order with --dry-run, and changes nothing', async () => {
    const { code, out } = await create('--dry-run', '-o', 'json', '--no-floating-ip', '--create-timeout', '90');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      name: 'demo',
      merge_labels: true,
      floating_ip_enabled: false,
      create_timeout: 90,
      labels: { opsparkctl_order: expect.any(String) },
    });
    expect(cloud.requests().filter(({ method, service }) => method !== 'GET' && service !== 'identity')).toEqual([]);
  });

  it('replaces a failed cluster with --recreate, but not without a yes', async () => {
    cloud.nextCluster({ outcome: 'fail', reason: 'Quota exceeded' });
    expect((await create()).code).toBe(8);
    expect((await create()).code).toBe(8);
    expect(orders()).toHaveLength(1);
    const unsure = await create('--recreate');
    expect(unsure).toMatchObject({ code: 2, err: expect.stringContaining('confirm with --yes') });
    const again = await create('--recreate', '--yes', '-o', 'json');
    expect({ code: again.code, err: again.err }).toEqual({
      code: 0,
      err: expect.stringContaining('deleted by Magnum'),
    });
    expect(cloud.clusters()).toMatchObject([{ status: 'CREATE_COMPLETE' }]);
  });

  it('adopts a cluster of another tool on a word', async () => {
    await runOpsparkctl(['create', 'kube', 'demo', '--template', 'k8s'], { cloud });
    for (const cluster of cloud.clusters()) Object.assign(cluster, { labels: {} });
    expect((await create()).code).toBe(6);
    const { code, err } = await create('--adopt');
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('adopted') });
    expect(orders()).toHaveLength(1);
    expect((await create()).code).toBe(0);
  });

  it('imports a public key once, and never a private one', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const der = publicKey.export({ type: 'spki', format: 'der' });
    const field = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
    const blob = Buffer.concat([field(Buffer.from('ssh-ed25519')), field(der.subarray(-32))]).toString('base64');
    await writeFile(join(home, 'id.pub'), `ssh-ed25519 ${blob} me\n`);
    await writeFile(join(home, 'id'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const imported = () => cloud.requests({ method: 'POST', path: /os-keypairs/ });

    expect(await create('--ssh-public-key', 'id')).toMatchObject({ code: 2 });
    expect(imported()).toEqual([]);
    const { code, err } = await create('--ssh-public-key', 'id.pub');
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('imported the public key') });
    expect((await run(['create', 'kube', 'second', '--template', 'k8s', '--ssh-public-key', 'id.pub'])).code).toBe(0);
    expect(imported()).toHaveLength(1);
    const taken = await run([
      'create',
      'kube',
      'third',
      '--template',
      'k8s',
      '--ssh-public-key',
      'id.pub',
      '--keypair',
      'demo-key',
    ]);
    expect(taken).toMatchObject({ code: 6, err: expect.stringContaining('with another key') });
  });

  it('asks on a terminal for what it must know, with the room that the quota leaves', async () => {
    const asked: string[] = [];
    const { code, out } = await run(['create', 'kube', '--dry-run', '-o', 'json'], { ask: answering(asked) });
    expect(code).toBe(0);
    expect(asked).toEqual([
      'Name of the cluster',
      'Cluster template: k8s, k8s-large',
      'Number of nodes (the quota has room for 9)',
      'Keypair for SSH: demo-key, none',
    ]);
    expect(JSON.parse(out)).toMatchObject({ name: 'spark', node_count: 2, keypair: 'demo-key' });
  });

  it('asks nothing with --non-interactive', async () => {
    const { code, err } = await run(['create', 'kube', 'demo', '--non-interactive'], { ask: answering([]) });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('--template: k8s, k8s-large') });
  });

  it('does not depend on Nova', async () => {
    cloud.fail({ service: 'compute' }, { status: 503 }, 99);
    const { code, err } = await create('--dry-run');
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('Warning: Nova tells nothing') });
  });

  it('finds its cluster among hundreds, page by page', async () => {
    await cloud.close();
    cloud = await startFakeCloud({ clusterCount: 210 });
    await create();
    cloud.forget();
    expect((await create()).code).toBe(0);
    expect(orders()).toEqual([]);
  });
});

/** Takes the suggestion, or the first choice. */
const answering = (asked: string[]): Ask => ({
  choose: async (question, choices) => {
    asked.push(`${question}: ${choices.map(({ name }) => name).join(', ')}`);
    const [first] = choices;
    if (first === undefined) throw new Error('nothing to choose from');
    return first.value;
  },
  text: async (question, suggestion = '') => {
    asked.push(question);
    return suggestion;
  },
  secret: async () => '',
  confirm: async () => true,
});

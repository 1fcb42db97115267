import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { clusterUp } from '../../../hack/cluster/cluster.ts';
import { DEFAULT_NAME } from '../../../hack/cluster/options.ts';
import type { FakeCloud } from '../../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../../hack/fake-cloud/start.ts';
import { createProgress } from '../../../terminal/progress.ts';
import { runOpsparkctl, type OpsparkctlEnd } from '../../openstack/run-opsparkctl.ts';
import { machinesOfFakeCloud, type MachinesOfFakeCloud } from '../cluster-of-fake-cloud.ts';
import { kubectlFor, type Kubectl } from '../kubectl.ts';
import { CHART } from '../release.ts';

const CLUSTER = process.env['SPARK_OPERATOR_CLUSTER'] ?? DEFAULT_NAME;
/** A team of these tests, so that others are not met. */
const TEAM = 'kubeconfig-team';
const ACCOUNT = `sa:${TEAM}/alice`;

const pod = (namespace: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'not-allowed', namespace },
  spec: { containers: [{ name: 'c', image: 'none' }] },
});

const application = (namespace: string): object => ({
  apiVersion: 'sparkoperator.k8s.io/v1beta2',
  kind: 'SparkApplication',
  metadata: { name: 'of-alice', namespace },
  spec: {
    type: 'Python',
    mode: 'cluster',
    sparkVersion: '4.0.1',
    image: 'none',
    mainApplicationFile: 'local:///none.py',
    // Whatever operator runs here, it leaves the application alone.
    suspend: true,
    driver: {},
    executor: {},
  },
});

/** A real kube-apiserver that trusts the authority of a cluster of the fake cloud: every certificate and token is used for real. */
describe('a kubeconfig for a Magnum cluster', () => {
  let cloud: FakeCloud;
  let machines: MachinesOfFakeCloud;
  let local: Kubectl;
  let localKubeconfig: string;
  let home: string;

  const opsparkctl = (...args: readonly string[]): Promise<OpsparkctlEnd> => runOpsparkctl(args, { cloud, home });
  const file = (name: string): string => join(home, name);
  const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
  const create = (as: Kubectl, object: object): Promise<string> =>
    as.text(['create', '-f', '-'], JSON.stringify(object));

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'openstack-kubeconfig-'));
    const { kubeconfig } = await clusterUp({ name: CLUSTER, nodes: 1, controlPlane: false }, createProgress());
    if (kubeconfig === undefined) throw new Error('the local cluster has no kubeconfig');
    localKubeconfig = kubeconfig;
    local = kubectlFor(kubeconfig);
    await local.text(['apply', '--server-side', '--force-conflicts', '-f', join(CHART, 'crds')]);
    machines = machinesOfFakeCloud(CLUSTER);
    cloud = await startFakeCloud(machines.options);
    const made = await opsparkctl('create', 'kube', 'demo', '--template', 'k8s', '--no-write-kubeconfig');
    if (made.code !== 0) throw new Error(`create kube ended with ${made.code}: ${made.err}`);
  }, 600_000);

  afterAll(async () => {
    await local.text(['delete', 'namespace', TEAM, '--ignore-not-found']);
    await machines.forget();
    await cloud.close();
    await rm(home, { recursive: true });
  }, 120_000);

  it('lets its administrator in, with a certificate that Magnum has signed', async () => {
    const { code, out } = await opsparkctl('kubeconfig', 'demo', '--output', file('admin'));
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^demo-RegionOne +admin +made +20\d\d-/m) });
    expect(await modeOf(file('admin'))).toBe(0o600);
    const admin = kubectlFor(file('admin'));
    expect(await admin.text(['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}'])).toBe('admin');
    expect(await admin.text(['auth', 'can-i', '*', '*', '--all-namespaces'])).toBe('yes\n');
  }, 60_000);

  it('is kept as long as it is good', async () => {
    const before = await readFile(file('admin'), 'utf8');
    const { code, out } = await opsparkctl('kubeconfig', 'demo', '--output', file('admin'));
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^demo-RegionOne +admin +kept/m) });
    expect(await readFile(file('admin'), 'utf8')).toBe(before);
  }, 60_000);

  it('is not made for an account of a namespace that does not exist', async () => {
    const { code, err } = await opsparkctl('kubeconfig', 'demo', '--user', ACCOUNT, '--output', file('alice'));
    expect(code).toBe(5);
    expect(err).toContain(`Namespace "${TEAM}" does not exist`);
    expect(err).toContain(`sparkctl setup namespace ${TEAM} --create`);
  }, 60_000);

  it('lets a Spark user work in one namespace, and nowhere else', async () => {
    await local.text(['create', 'namespace', TEAM]);
    const { code, out } = await opsparkctl('kubeconfig', 'demo', '--user', ACCOUNT, '--output', file('alice'));
    expect(code).toBe(0);
    expect(out).toContain(`demo-RegionOne-${TEAM}-alice`);
    expect(await modeOf(file('alice'))).toBe(0o600);
    const alice = kubectlFor(file('alice'));

    await create(alice, application(TEAM));
    expect(await alice.text(['get', 'sparkapplications', '-o', 'name'])).toContain('of-alice');
    await alice.text(['delete', 'sparkapplication', 'of-alice', '--wait=false']);
    expect(await alice.text(['get', 'pods,events'])).toBeDefined();

    await expect(create(alice, pod('kube-system'))).rejects.toThrow('forbidden');
    await expect(create(alice, pod(TEAM))).rejects.toThrow('forbidden');
    await expect(alice.text(['get', 'secrets'])).rejects.toThrow('forbidden');
    await expect(alice.text(['get', 'secrets', '-n', 'kube-system'])).rejects.toThrow('forbidden');
    await expect(create(alice, application('default'))).rejects.toThrow('forbidden');
    await expect(alice.text(['get', 'nodes'])).rejects.toThrow('forbidden');
  }, 120_000);

  it('gives a token of the length that was asked for, and another one on renewal', async () => {
    const length = async (...args: readonly string[]): Promise<number> => {
      const { out } = await opsparkctl('kubeconfig', 'demo', '--output', file('alice'), ...args);
      const [, until = ''] = /made +(20\d\d-\d\d-\d\d \d\d:\d\d)/.exec(out) ?? [];
      return Math.round((Date.parse(`${until.replace(' ', 'T')}:00Z`) - Date.now()) / 3_600_000);
    };
    const before = await readFile(file('alice'), 'utf8');
    expect(await length('--renew', '--duration', '2h')).toBe(2);
    const after = await readFile(file('alice'), 'utf8');
    expect(after).not.toBe(before);
    expect(await kubectlFor(file('alice')).text(['get', 'sparkapplications'])).toBeDefined();
  }, 60_000);

  it('comes beside the contexts of others, with a backup', async () => {
    const others = await readFile(localKubeconfig, 'utf8');
    await writeFile(file('shared'), others, { mode: 0o644 });
    const context = (await local.text(['config', 'current-context'])).trim();
    const { code, err } = await opsparkctl('kubeconfig', 'demo', '--output', file('shared'));
    expect(code).toBe(0);
    const backup = (await readdir(home)).find((name) => name.startsWith('shared.backup-')) ?? '';
    expect(err).toContain(backup);
    expect(await readFile(file(backup), 'utf8')).toBe(others);
    expect([await modeOf(file('shared')), await modeOf(file(backup))]).toEqual([0o600, 0o600]);
    const shared = kubectlFor(file('shared'));
    expect((await shared.text(['config', 'current-context'])).trim()).toBe(context);
    for (const one of [context, 'demo-RegionOne'])
      expect(await shared.text(['--context', one, 'get', 'namespace', TEAM, '-o', 'name'])).toContain(TEAM);
  }, 60_000);

  it('is what status looks through', async () => {
    const { out } = await opsparkctl('status', 'demo', '--kubeconfig', file('admin'), '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({
      cluster: { name: 'demo', status: 'CREATE_COMPLETE' },
      nodes: { total: 1, ready: 1 },
      credentials: [{ context: 'demo-RegionOne', authorityKnown: true }],
    });
  }, 60_000);
});

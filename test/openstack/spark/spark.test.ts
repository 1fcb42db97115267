import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { helmPath, kubectlPath } from '../../../hack/cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../../../hack/cluster/control-plane.ts';
import type { FakeCloud } from '../../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../../hack/fake-cloud/start.ts';
import { run } from '../../../hack/run.ts';
import { piApplication } from '../../e2e/pi.ts';
import { runOpsparkctl, type OpsparkctlEnd } from '../run-opsparkctl.ts';

/** There is no kubelet here: no jobs of hooks, and no pods to wait for. */
const UNHOOKED = ['--set', 'hook.enable=false', '--no-wait'];

interface Report {
  readonly steps: readonly { readonly step: string; readonly result: string; readonly detail: string }[];
  readonly rolled: readonly string[];
  readonly history?: { readonly type: string; readonly how: string };
}

describe('the operator on a cluster', () => {
  let controlPlane: ControlPlane;
  let cloud: FakeCloud;
  let home: string;

  const opsparkctl = (args: readonly string[], options: { readonly yes?: boolean } = {}): Promise<OpsparkctlEnd> => {
    const env = { KUBECONFIG: controlPlane.kubeconfig, OPSPARKCTL_HELM: helmPath() };
    return runOpsparkctl([...args, ...(options.yes === false ? [] : ['--yes'])], { cloud, home, env });
  };
  /** The report of a command that ended well. */
  const report = async (...args: readonly string[]): Promise<Report> => {
    const { code, out, err } = await opsparkctl([...args, '-o', 'json']);
    if (code !== 0) throw new Error(`exit code ${code}\n${err}`);
    // The command's own format.
    return JSON.parse(out) as Report;
  };
  const results = ({ steps }: Report): Readonly<Record<string, string>> =>
    Object.fromEntries(steps.map(({ step, result }) => [step, result]));
  const kubectl = async (...args: readonly string[]): Promise<string> =>
    (await run(kubectlPath(), args, { env: { KUBECONFIG: controlPlane.kubeconfig } })).stdout;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'opsparkctl-spark-'));
    [controlPlane, cloud] = await Promise.all([startControlPlane({ name: 'opsparkctl-spark' }), startFakeCloud()]);
  }, 120_000);

  afterAll(async () => {
    await Promise.all([controlPlane.stop(), cloud.close(), rm(home, { recursive: true, force: true })]);
  });

  it('is planned without changing anything', async () => {
    const plan = await report('create', 'spark', ...UNHOOKED, '--dry-run');
    expect(results(plan)).toMatchObject({
      'namespace spark-operator': 'create',
      'namespace default': 'unchanged',
      definitions: 'create',
      'bucket, S3 keys and pod defaults': 'create',
      'release spark-operator': 'create',
    });
    expect(cloud.buckets()).toEqual([]);
    await expect(kubectl('get', 'namespace', 'spark-operator')).rejects.toThrow('NotFound');
  }, 60_000);

  it('is put there with bucket, key, Secret and defaults', async () => {
    const made = await report('create', 'spark', ...UNHOOKED, '--job-namespace', 'team-a');
    expect(results(made)).toEqual({
      'namespace spark-operator': 'created',
      definitions: 'created',
      bucket: 'created',
      'S3 keys': 'created',
      'pod defaults': 'created',
      state: 'created',
      'namespace team-a': 'created',
      'release spark-operator': 'created',
    });
    const [bucket] = cloud.buckets();
    expect(bucket?.keys).toEqual(['spark-events/']);
    const data = await kubectl(
      '-n',
      'spark-operator',
      'get',
      'configmap',
      'opsparkctl-state',
      '-o',
      'jsonpath={.data}',
    );
    const [key] = cloud.credentials().filter(({ kind }) => kind === 'ec2');
    expect(JSON.parse(data)).toMatchObject({ bucket: bucket?.name, accessKey: key?.id, keys: 'ours', cloud: 'demo' });
    expect(cloud.secrets().filter((secret) => data.includes(secret))).toEqual([]);
    const propagated = 'jsonpath={.spec.propagate}';
    await expect(
      kubectl('-n', 'spark-operator', 'get', 'sparkpoddefaults', 'openstack-s3', '-o', propagated),
    ).resolves.toBe('true');
  }, 90_000);

  it('is unchanged when it is put there again, from an empty home', async () => {
    const again = await mkdtemp(join(tmpdir(), 'opsparkctl-spark-'));
    const before = home;
    home = again;
    const repeated = await report('create', 'spark', ...UNHOOKED);
    home = before;
    await rm(again, { recursive: true });
    expect(new Set(Object.values(results(repeated)))).toEqual(new Set(['unchanged']));
    expect(repeated.rolled).toEqual([]);
    expect(cloud.credentials().filter(({ kind }) => kind === 'ec2')).toHaveLength(1);
    expect(cloud.buckets()).toHaveLength(1);
  }, 60_000);

  it('gets a history server for the bucket, and another way to it', async () => {
    const made = await report('create', 'spark-history', '--no-wait');
    expect(made.history).toMatchObject({ type: 'ClusterIP', how: expect.stringContaining('port-forward') });
    const conf = await kubectl('-n', 'spark-operator', 'get', 'configmap', 'spark-operator-history', '-o', 'yaml');
    expect(conf).toContain(`s3a://${cloud.buckets()[0]?.name ?? ''}/spark-events`);
    const moved = await report('update', 'spark-history', '--no-wait', '--service', 'NodePort');
    expect(moved.history).toMatchObject({ type: 'NodePort' });
    expect(moved.rolled).toEqual([]);
  }, 90_000);

  it('keeps the history server and earlier values in an update, and rolls only what changes', async () => {
    const changed = await report('update', 'spark', '--no-wait', '--set', 'controller.logLevel=debug');
    expect(changed.rolled).toEqual(['spark-operator-controller']);
    const { history } = await report('update', 'spark', '--no-wait');
    expect(history).toMatchObject({ type: 'NodePort' });
    const args = 'jsonpath={.spec.template.spec.containers[0].args}';
    await expect(
      kubectl('-n', 'spark-operator', 'get', 'deployment', 'spark-operator-controller', '-o', args),
    ).resolves.toContain('debug');
  }, 90_000);

  it('comes back as it was when somebody took a part of its rights away', async () => {
    await kubectl('-n', 'team-a', 'delete', 'role', 'spark-operator-controller');
    const repaired = await report('update', 'spark', '--no-wait');
    expect(repaired.rolled).toEqual([]);
    await expect(kubectl('-n', 'team-a', 'get', 'role', '-o', 'name')).resolves.toContain('spark-operator-controller');
  }, 60_000);

  it('stays while applications run, and names them', async () => {
    const pi = JSON.stringify(piApplication({ namespace: 'team-a', name: 'pi' }));
    // The webhook that would check it has no pods here.
    await kubectl('delete', 'validatingwebhookconfiguration,mutatingwebhookconfiguration', '--all');
    await run(kubectlPath(), ['apply', '-f', '-'], { env: { KUBECONFIG: controlPlane.kubeconfig }, input: pi });
    const refused = await opsparkctl(['delete', 'spark']);
    expect(refused).toMatchObject({ code: 6, err: expect.stringContaining('team-a/pi (NEW)') });
    await kubectl('-n', 'team-a', 'delete', 'sparkapplication', 'pi');
  }, 60_000);

  it('asks before it goes', async () => {
    const refused = await opsparkctl(['delete', 'spark'], { yes: false });
    expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(/goes: .*release.*stays: .*bucket.*--yes/s) });
  }, 60_000);

  it('loses the history server alone', async () => {
    const gone = await report('delete', 'spark-history', '--no-wait');
    expect(gone.history).toBeUndefined();
    await expect(kubectl('-n', 'spark-operator', 'get', 'deployments', '-o', 'name')).resolves.not.toContain('history');
  }, 60_000);

  it('goes with its key; bucket and definitions stay', async () => {
    const gone = await report('delete', 'spark');
    expect(results(gone)).toMatchObject({
      'release spark-operator': 'deleted',
      'S3 key': 'deleted',
      Secret: 'deleted',
      state: 'deleted',
    });
    expect(cloud.credentials().filter(({ kind }) => kind === 'ec2')).toEqual([]);
    expect(cloud.buckets()).toHaveLength(1);
    await kubectl('get', 'crd', 'sparkapplications.sparkoperator.k8s.io');
    const again = await report('delete', 'spark', '--delete-crds');
    expect(results(again)).toMatchObject({ 'release spark-operator': 'absent', definition: 'deleted' });
  }, 90_000);
});

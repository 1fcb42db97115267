import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { authorityHost } from '../../hack/cluster/authorities.ts';
import { helmPath } from '../../hack/cluster/binaries.ts';
import { eventually } from '../../hack/cluster/eventually.ts';
import { DEFAULT_NAME } from '../../hack/cluster/options.ts';
import { runOpsparkctl, type OpsparkctlEnd } from '../openstack/run-opsparkctl.ts';
import { reach, type AppRef } from './application.ts';
import type { Kubectl } from './kubectl.ts';
import { load, preparedNodes } from './nodes.ts';
import { piApplication } from './pi.ts';
import { preparedCluster, type Prepared } from './release.ts';

const RELEASE = 'opspark';
const NAMESPACE = 'opspark-operator';
const JOBS = 'opspark-jobs';
const TARGET = ['--release', RELEASE, '--namespace', NAMESPACE, '-o', 'json'];
const pi: AppRef = { namespace: JOBS, name: 'pi' };

/** What the commands print for programs. */
interface Report {
  readonly steps: readonly { readonly step: string; readonly result: string }[];
  readonly rolled: readonly string[];
  readonly history?: { readonly url?: string; readonly type: string };
}

describe('opsparkctl puts the operator on a real cluster', () => {
  let cluster: Prepared;
  let kubectl: Kubectl;
  let kubeconfig: string;
  let home: string;
  let values: readonly string[];

  const opsparkctl = (...args: readonly string[]): Promise<OpsparkctlEnd> =>
    // The cluster takes its time: waiting is not hurried.
    runOpsparkctl([...args, ...TARGET], {
      home,
      env: { KUBECONFIG: kubeconfig, OPSPARKCTL_HELM: helmPath() },
      hurry: 1,
    });
  const report = async (...args: readonly string[]): Promise<Report> => {
    const { code, out, err } = await opsparkctl(...args);
    if (code !== 0) throw new Error(`exit code ${code}\n${err}`);
    // The command's own format.
    return JSON.parse(out) as Report;
  };
  const results = ({ steps }: Report): Readonly<Record<string, string>> =>
    Object.fromEntries(steps.map(({ step, result }) => [step, result]));

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'opsparkctl-e2e-'));
    cluster = await preparedCluster();
    ({ kubectl } = cluster);
    ({ kubeconfig } = await preparedNodes());
    await load(kubectl, 'spark-4.0.1-aws');
    values = cluster.values([JOBS]);
  }, 900_000);

  afterAll(async () => {
    await cluster.helm(['uninstall', RELEASE, '--namespace', NAMESPACE, '--ignore-not-found']).catch(() => '');
    await kubectl.text(['delete', 'namespace', NAMESPACE, JOBS, '--ignore-not-found', '--wait=false']);
    await rm(home, { recursive: true, force: true });
  }, 120_000);

  it('with namespaces, definitions and release, and waits for its pods', async () => {
    const made = await report('create', 'spark', '--no-s3', '--job-namespace', JOBS, ...values);
    expect(results(made)).toMatchObject({
      [`namespace ${NAMESPACE}`]: 'created',
      [`namespace ${JOBS}`]: 'created',
      [`release ${RELEASE}`]: 'created',
      pods: 'ready',
    });
  }, 300_000);

  it('and once more without a change', async () => {
    const again = await report('create', 'spark', '--no-s3');
    expect(again.rolled).toEqual([]);
    expect(results(again)).toMatchObject({ [`release ${RELEASE}`]: 'unchanged', pods: 'ready' });
  }, 120_000);

  it('where it runs a Pi, and is not taken away meanwhile', async () => {
    const spec = { driver: { serviceAccount: `${RELEASE}-spark` } };
    await kubectl.text(['apply', '-f', '-'], JSON.stringify(piApplication({ ...pi, spec })));
    const refused = await opsparkctl('delete', 'spark', '--yes');
    expect(refused).toMatchObject({ code: 6, err: expect.stringContaining(`${JOBS}/pi`) });
    await reach(kubectl, pi, 'COMPLETED');
  }, 300_000);

  it('says in one line which hook of the chart refused, and why', async () => {
    const refused = await opsparkctl('update', 'spark', '--no-s3', '--set', `hook.requiredSecrets={${JOBS}/nowhere}`);
    expect(refused.code).toBe(1);
    const message = refused.err.slice(refused.err.indexOf('error:'));
    expect(message).toMatch(new RegExp(`^error: helm: hook preflight: .*${JOBS}/nowhere`));
    expect(message.trim().split('\n').length).toBeLessThan(4);
  }, 180_000);

  it('goes on without the value that was refused, and rolls what another one concerns', async () => {
    const changed = await report('update', 'spark', '--no-s3', '--set', 'controller.workers=9');
    expect(changed.rolled).toEqual([`${RELEASE}-spark-operator-controller`]);
    expect(results(changed)).toMatchObject({ [`release ${RELEASE}`]: 'updated', pods: 'ready' });
  }, 240_000);

  it('shows the history on the port of a node', async () => {
    await kubectl.text(['apply', '-f', '-'], JSON.stringify(claim()));
    const place = ['--log-directory', 'file:///spark-history', '--claim', 'logs', '--service', 'NodePort'];
    const made = await report('create', 'spark-history', ...place, '--set', 'historyServer.image.registry=localhost');
    expect(made.history).toMatchObject({ type: 'NodePort', url: expect.stringMatching(/^http:\/\/[\d.]+:3\d{4}$/) });
    const url = new URL(made.history?.url ?? '');
    // From outside, the node of a bare cluster has another address.
    url.hostname = authorityHost(process.env['SPARK_OPERATOR_CLUSTER'] ?? DEFAULT_NAME) ?? url.hostname;
    const answers = async (): Promise<boolean> => (await fetch(new URL('/api/v1/applications', url))).ok;
    await expect(eventually(() => answers().catch(() => false), { timeoutMs: 60_000 })).resolves.toBe(true);
  }, 300_000);

  it('takes the history server away, then the operator; definitions and namespaces stay', async () => {
    const without = await report('delete', 'spark-history');
    expect(without.history).toBeUndefined();
    const gone = await report('delete', 'spark', '--yes');
    expect(results(gone)).toMatchObject({ [`release ${RELEASE}`]: 'deleted' });
    const mine = ['-l', `app.kubernetes.io/instance=${RELEASE}`, '-o', 'name'];
    await expect(kubectl.text(['-n', NAMESPACE, 'get', 'deployments', ...mine])).resolves.toBe('');
    await kubectl.text(['get', 'crd', 'sparkapplications.sparkoperator.k8s.io']);
    await kubectl.text(['-n', JOBS, 'get', 'sparkapplication', 'pi']);
  }, 240_000);
});

/** A volume for the logs; nobody writes to it here. */
const claim = (): object => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'logs', namespace: NAMESPACE },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Mi' } } },
});

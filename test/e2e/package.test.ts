import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { clusterLoad } from '../../hack/cluster/cluster.ts';
import { DEFAULT_NAME } from '../../hack/cluster/options.ts';
import { makePackages } from '../../hack/package/make-packages.ts';
import { ownVersion } from '../../hack/package/own-version.ts';
import { inTemporaryFolder } from '../../hack/package/temporary-folder.ts';
import { verify } from '../../hack/package/verify.ts';
import { createProgress } from '../../hack/progress.ts';
import { reach, stateOf, type SeenApplication } from './application.ts';
import type { Kubectl, KubeObject } from './kubectl.ts';
import { piApplication } from './pi.ts';
import { preparedCluster, type Prepared } from './release.ts';

const RELEASE = 'packaged';
const NAMESPACE = 'packaged-operator';
const JOBS = 'packaged-jobs';
const FULLNAME = `${RELEASE}-spark-operator`;
const WAITERS = Array.from({ length: 20 }, (_value, i) => `waiter-${i}`);

/** The line of a hook. */
type HookLine = Readonly<Record<string, unknown>> & { readonly hook: string };

describe('the packages, from install to uninstall', () => {
  let cluster: Prepared;
  let kubectl: Kubectl;
  let folder: string;
  let chart: string;
  let uids: readonly string[];

  const helm = (...args: readonly string[]): Promise<string> => cluster.helm([...args, '--namespace', NAMESPACE]);
  const values = ['--set', `spark.jobNamespaces={${JOBS}}`, '--wait', '--timeout', '4m'];

  beforeAll(async () => {
    cluster = await preparedCluster();
    ({ kubectl } = cluster);
    folder = await mkdtemp(join(tmpdir(), 'spark-operator-packages-'));
    const progress = createProgress();
    const packages = await makePackages(['operator'], { folder, version: await ownVersion() }, progress);
    await inTemporaryFolder((work) => verify(packages, work));
    chart = join(folder, packages.chart);
    const name = process.env['SPARK_OPERATOR_CLUSTER'] ?? DEFAULT_NAME;
    await clusterLoad(
      { name },
      packages.images.map(({ file }) => join(folder, file)),
      progress,
    );
    await cluster.ensureNamespaces([NAMESPACE, JOBS]);
  }, 900_000);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await helm('uninstall', RELEASE, '--ignore-not-found').catch(() => '');
    await kubectl.text(['delete', 'namespace', NAMESPACE, JOBS, '--ignore-not-found', '--wait=false']);
  }, 120_000);

  it('install with nothing but the job namespaces, and each hook says what it did', async () => {
    const lines = hookLines(await helm('install', RELEASE, chart, ...values));
    expect(lines.map(({ hook }) => hook).sort()).toEqual(['certificates', 'crds', 'preflight']);
    for (const line of lines) expect(line).toMatchObject({ outcome: 'ok', message: expect.stringMatching(/./) });
    expect(lines.find(({ hook }) => hook === 'certificates')).toMatchObject({ action: 'RenewAll' });
    await expect(secret()).resolves.not.toBe('');
  }, 300_000);

  it('run a Spark Pi', async () => {
    const app = { namespace: JOBS, name: 'pi' };
    await create(piApplication({ ...app, spec: { driver: { serviceAccount: `${RELEASE}-spark` } } }));
    await reach(kubectl, app, 'COMPLETED');
  }, 240_000);

  it('have twenty applications run', async () => {
    await create(...WAITERS.map(waiter));
    for (const name of WAITERS) await reach(kubectl, { namespace: JOBS, name }, 'RUNNING');
    uids = await driverUids();
    expect(uids).toHaveLength(WAITERS.length);
  }, 300_000);

  it('upgrade: the certificate is kept, and no application starts again', async () => {
    const lines = hookLines(await helm('upgrade', RELEASE, chart, ...values, '--set', 'controller.logLevel=debug'));
    expect(lines.find(({ hook }) => hook === 'certificates')).toMatchObject({ action: 'Keep' });
    expect(lines.find(({ hook }) => hook === 'crds')?.['message']).toContain('unchanged');
    await expectNoRestart();
  }, 300_000);

  it('roll back, and are restarted: no application starts again', async () => {
    await helm('rollback', RELEASE, '1', '--wait', '--timeout', '4m');
    await expectNoRestart();
    for (const name of ['controller', 'webhook']) {
      await kubectl.text(['-n', NAMESPACE, 'rollout', 'restart', `deployment/${FULLNAME}-${name}`]);
      await kubectl.text(['-n', NAMESPACE, 'rollout', 'status', `deployment/${FULLNAME}-${name}`, '--timeout', '120s']);
    }
    await expectNoRestart();
  }, 400_000);

  it('uninstall in bounded time: no webhook configuration, no Secret, and no pod is stopped by what is left', async () => {
    const started = Date.now();
    const [line] = hookLines(await helm('uninstall', RELEASE, '--wait', '--timeout', '2m'));
    expect(Date.now() - started).toBeLessThan(120_000);
    expect(line).toMatchObject({ hook: 'cleanup', outcome: 'ok', message: '1 deleted, 2 absent' });
    const configurations = ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'];
    for (const kind of configurations) {
      await expect(kubectl.text(['get', kind, `${FULLNAME}-webhook`, '--ignore-not-found'])).resolves.toBe('');
    }
    await expect(secret()).resolves.toBe('');
    await expect(driverUids()).resolves.toEqual(uids);
    await kubectl.text(['create', '--dry-run=server', '-f', '-'], JSON.stringify(sparkPod()));
    await kubectl.text(['create', '--dry-run=server', '-f', '-'], JSON.stringify(waiter('late')));
  }, 240_000);

  const create = (...objects: readonly object[]): Promise<string> =>
    kubectl.text(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));

  const secret = (): Promise<string> =>
    kubectl.text(['-n', NAMESPACE, 'get', 'secret', `${FULLNAME}-webhook-certs`, '--ignore-not-found', '-o', 'name']);

  const driverUids = async (): Promise<readonly string[]> => {
    const selector = 'spark-role=driver,sparkoperator.k8s.io/app-name!=pi';
    const { items } = await kubectl.json<{ readonly items: readonly KubeObject[] }>([
      '-n',
      JOBS,
      'pods',
      '-l',
      selector,
    ]);
    return items.map(({ metadata }) => metadata.uid).sort();
  };

  /** The same drivers, and applications of which the operator says that they run in their first attempt. */
  const expectNoRestart = async (): Promise<void> => {
    await expect(driverUids()).resolves.toEqual(uids);
    const { items } = await kubectl.json<{ readonly items: readonly SeenApplication[] }>([
      '-n',
      JOBS,
      'sparkapplications',
    ]);
    const waiters = items.filter(({ metadata }) => metadata.name !== 'pi');
    expect(waiters.map((app) => [stateOf(app), app.status?.executionAttempts])).toEqual(
      WAITERS.map(() => ['RUNNING', 1]),
    );
  };
});

/** What the hooks printed, out of what helm shows of their logs. */
const hookLines = (output: string): readonly HookLine[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{"hook":'))
    // Each is the one line of a hook.
    .map((line) => JSON.parse(line) as HookLine);

/** An application whose driver waits without Spark, so that twenty of them find room on a small machine. */
function waiter(name: string) {
  const container = { name: 'spark-kubernetes-driver', command: ['sh', '-c', 'sleep 3600'] };
  const driver = {
    ...{ serviceAccount: `${RELEASE}-spark`, coreRequest: '1m', memory: '450m', memoryOverhead: '10m' },
    template: { spec: { containers: [container] } },
  };
  return piApplication({ namespace: JOBS, name, spec: { driver } });
}

/** A pod as a plain spark-submit makes it, which asks for the site's defaults. */
const sparkPod = () => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    ...{ name: 'foreign', namespace: JOBS },
    labels: { 'spark-role': 'driver', 'sparkoperator.k8s.io/inject-pod-defaults': 'true' },
  },
  spec: { containers: [{ name: 'spark', image: 'localhost/spark:4.0.1' }] },
});

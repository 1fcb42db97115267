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
import { createProgress } from '../../terminal/progress.ts';
import { reach } from './application.ts';
import type { Kubectl } from './kubectl.ts';
import { piApplication } from './pi.ts';
import { preparedCluster, type Prepared } from './release.ts';

const RELEASE = 'packaged';
const NAMESPACE = 'packaged-operator';
const JOBS = 'packaged-jobs';
const FULLNAME = `${RELEASE}-spark-operator`;

/** The line of a hook. */
type HookLine = Readonly<Record<string, unknown>> & { readonly hook: string };

describe('the packages, from install to uninstall', () => {
  let cluster: Prepared;
  let kubectl: Kubectl;
  let folder: string;
  let chart: string;

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
    const pi = piApplication({ ...app, spec: { driver: { serviceAccount: `${RELEASE}-spark` } } });
    await kubectl.text(['apply', '-f', '-'], JSON.stringify(pi));
    await reach(kubectl, app, 'COMPLETED');
  }, 240_000);

  it('upgrade: certificate and definitions are kept', async () => {
    const lines = hookLines(await helm('upgrade', RELEASE, chart, ...values, '--set', 'controller.logLevel=debug'));
    expect(lines.find(({ hook }) => hook === 'certificates')).toMatchObject({ action: 'Keep' });
    expect(lines.find(({ hook }) => hook === 'crds')?.['message']).toContain('unchanged');
  }, 300_000);

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
    for (const object of [sparkPod(), piApplication({ namespace: JOBS, name: 'late' })]) {
      await kubectl.text(['create', '--dry-run=server', '-f', '-'], JSON.stringify(object));
    }
  }, 240_000);

  const secret = (): Promise<string> =>
    kubectl.text(['-n', NAMESPACE, 'get', 'secret', `${FULLNAME}-webhook-certs`, '--ignore-not-found', '-o', 'name']);
});

/** What the hooks printed, out of what helm shows of their logs. */
const hookLines = (output: string): readonly HookLine[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{"hook":'))
    // Each is the one line of a hook.
    .map((line) => JSON.parse(line) as HookLine);

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

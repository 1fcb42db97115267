import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { eventually } from '../../hack/cluster/eventually.ts';
import { reach, seeApplication, stateOf, type AppRef, type SeenApplication } from './application.ts';
import type { Kubectl, KubeObject } from './kubectl.ts';
import { leftByKubeflow } from './left-by-kubeflow.ts';
import { piApplication } from './pi.ts';
import { CHART, preparedCluster, type Prepared } from './release.ts';

/** A release of its own, beside the shared one, so that it can be taken away. */
const RELEASE = 'second';
const NAMESPACE = 'second-operator';
const FIRST = 'second-first';
const ADDED = 'second-added';
/** Others may use the cluster at the same time. */
const OURS = new RegExp(` ((${[NAMESPACE, FIRST, ADDED].join('|')})/|/${RELEASE}-)`);
const added: AppRef = { namespace: ADDED, name: 'pi' };
const left: AppRef = { namespace: ADDED, name: 'left' };

describe('the chart, from install to uninstall', () => {
  let cluster: Prepared;
  let kubectl: Kubectl;
  let before: readonly string[];

  const helm = (...args: readonly string[]): Promise<string> => cluster.helm([...args, '--namespace', NAMESPACE]);
  const values = (...jobNamespaces: readonly string[]): readonly string[] => cluster.values(jobNamespaces);
  const pi = (app: AppRef): string =>
    JSON.stringify(piApplication({ ...app, spec: { driver: { serviceAccount: `${RELEASE}-spark` } } }));

  beforeAll(async () => {
    cluster = await preparedCluster();
    ({ kubectl } = cluster);
    await cluster.ensureNamespaces([NAMESPACE, FIRST, ADDED]);
    const restricted = 'pod-security.kubernetes.io/enforce=restricted';
    await kubectl.text(['label', 'namespace', NAMESPACE, FIRST, restricted, '--overwrite']);
    before = await everything(kubectl);
  }, 900_000);

  afterAll(async () => {
    await helm('uninstall', RELEASE, '--ignore-not-found').catch(() => '');
    await kubectl.text(['delete', 'namespace', NAMESPACE, FIRST, ADDED, '--ignore-not-found', '--wait=false']);
  }, 120_000);

  it('installs under the restricted Pod Security Standard, and says what it did and what to do next', async () => {
    const notes = await helm('install', RELEASE, CHART, ...values(FIRST), '--wait', '--timeout', '3m');
    for (const hook of ['preflight', 'crds', 'certificates'])
      expect(notes).toMatch(new RegExp(`^{"hook":"${hook}","outcome":"ok"`, 'm'));
    expect(notes).toContain(`helm -n ${NAMESPACE} test ${RELEASE}`);
  }, 240_000);

  it('passes its own test: a Spark Pi in the job namespace, restricted as well', async () => {
    const log = await helm('test', RELEASE, '--timeout', '5m');
    expect(log).toMatch(/Phase:\s+Succeeded/);
    expect(log).toMatch(/Pi is roughly 3\.\d+/);
  }, 320_000);

  it('leaves applications alone in a namespace that is not listed', async () => {
    await leftByKubeflow(kubectl, left);
    await kubectl.text(['apply', '-f', '-'], pi(added));
    // The controller has had its turn when an application made later, in a namespace it serves, is under way.
    const probe: AppRef = { namespace: FIRST, name: 'probe' };
    await kubectl.text(['apply', '-f', '-'], pi(probe));
    await seeApplication(kubectl, probe, 'to be submitted', (app) => stateOf(app) !== '');
    await kubectl.text(['-n', FIRST, 'delete', 'sparkapplication', probe.name]);
    const seen = await kubectl.json<SeenApplication>(['-n', ADDED, 'sparkapplication', added.name]);
    expect(seen.status).toBeUndefined();
  }, 120_000);

  it('runs them once an upgrade lists the namespace, whose webhooks go on being trusted', async () => {
    const trusted = await caBundles(kubectl);
    expect(trusted).toHaveLength(6);
    await helm('upgrade', RELEASE, CHART, ...values(FIRST, ADDED), '--wait', '--timeout', '3m');
    await reach(kubectl, added, 'COMPLETED');
    await expect(caBundles(kubectl)).resolves.toEqual(trusted);
  }, 400_000);

  it('refuses a wrong application when it is applied, with the field', async () => {
    const wrong = piApplication({ ...added, spec: { sparkConf: { 'spark.master': 'local' } } });
    const apply = kubectl.text(
      ['-n', ADDED, 'create', '-f', '-'],
      JSON.stringify({ ...wrong, metadata: { name: 'wrong' } }),
    );
    await expect(apply).rejects.toThrow(/spec\.sparkConf.*spark\.master/);
  });

  it('follows what kubeflow left running to its end, without a second driver', async () => {
    const pods = kubectl.record<KubeObject>(
      `/api/v1/namespaces/${ADDED}/pods?labelSelector=sparkoperator.k8s.io/app-name=${left.name}`,
    );
    await kubectl.text(['-n', ADDED, 'exec', `${left.name}-driver`, '--', 'touch', '/tmp/end']);
    const seen = await reach(kubectl, left, 'COMPLETED');
    pods.stop();
    expect(seen.status).toMatchObject({ executionAttempts: 1, submissionAttempts: 1 });
    expect(new Set(pods.versions.map(({ metadata }) => metadata.uid)).size).toBe(1);
  }, 120_000);

  it('runs applications without a webhook, too', async () => {
    const none = cluster.values([FIRST, ADDED], { webhook: { enable: false } });
    await helm('upgrade', RELEASE, CHART, ...none, '--wait', '--timeout', '3m');
    await expect(caBundles(kubectl)).resolves.toEqual([]);
    const alone: AppRef = { namespace: ADDED, name: 'alone' };
    await kubectl.text(['apply', '-f', '-'], pi(alone));
    await reach(kubectl, alone, 'COMPLETED');
    await helm('rollback', RELEASE, '--wait', '--timeout', '3m');
  }, 400_000);

  it('uninstalls and leaves nothing but the CRDs', async () => {
    for (const namespace of [FIRST, ADDED]) {
      await kubectl.text(['-n', namespace, 'delete', 'sparkapplications', '--all', '--wait', '--timeout', '60s']);
    }
    await helm('uninstall', RELEASE, '--wait', '--timeout', '2m');
    let leftovers: readonly string[] = [];
    await eventually(
      async () => {
        const now = await everything(kubectl);
        leftovers = now.filter((object) => !before.includes(object));
        return leftovers.length === 0;
      },
      { timeoutMs: 60_000, everyMs: 1000 },
    );
    expect(leftovers).toEqual([]);
    await expect(kubectl.text(['get', 'crd', '-o', 'name'])).resolves.toContain(
      'sparkapplications.sparkoperator.k8s.io',
    );
  }, 300_000);
});

/** What the API server trusts in the webhooks of the release. */
async function caBundles(kubectl: Kubectl): Promise<readonly string[]> {
  const kinds = 'mutatingwebhookconfigurations,validatingwebhookconfigurations';
  const format = 'jsonpath={range .items[*].webhooks[*]}{.clientConfig.caBundle}{"\\n"}{end}';
  const ours = ['-l', `app.kubernetes.io/instance=${RELEASE}`];
  return (await kubectl.text(['get', kinds, ...ours, '-o', format])).split('\n').filter((bundle) => bundle !== '');
}

/**
 * `Kind namespace/name` of every object of the release: what lies in its namespaces, and what has its name in the cluster.
 * Without events (they expire by themselves) and CRDs.
 */
async function everything(kubectl: Kubectl): Promise<readonly string[]> {
  const kinds = (await kubectl.text(['api-resources', '--verbs=list,get', '-o', 'name'])).trim().split('\n');
  const listed = kinds.filter((kind) => !/^(events|customresourcedefinitions|componentstatuses)(\.|$)/.test(kind));
  const format = 'jsonpath={range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name}{"\\n"}{end}';
  const all = (await kubectl.text(['get', listed.join(','), '--all-namespaces', '-o', format])).trim().split('\n');
  return all.filter((object) => OURS.test(object));
}

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
    before = await everything(kubectl);
  }, 900_000);

  afterAll(async () => {
    await helm('uninstall', RELEASE, '--ignore-not-found').catch(() => '');
    await kubectl.text(['delete', 'namespace', NAMESPACE, FIRST, ADDED, '--ignore-not-found', '--wait=false']);
  }, 120_000);

  it('installs, and says what to do next', async () => {
    const notes = await helm('install', RELEASE, CHART, ...values(FIRST), '--wait', '--timeout', '2m');
    expect(notes).toContain(`helm -n ${NAMESPACE} test ${RELEASE}`);
  }, 150_000);

  it('passes its own test: a Spark Pi in the job namespace', async () => {
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

  it('runs them once an upgrade lists the namespace', async () => {
    await helm('upgrade', RELEASE, CHART, ...values(FIRST, ADDED), '--wait', '--timeout', '2m');
    await reach(kubectl, added, 'COMPLETED');
  }, 300_000);

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

/** `Kind namespace/name` of every object in the cluster, without events (they expire by themselves) and CRDs. */
async function everything(kubectl: Kubectl): Promise<readonly string[]> {
  const kinds = (await kubectl.text(['api-resources', '--verbs=list,get', '-o', 'name'])).trim().split('\n');
  const listed = kinds.filter((kind) => !/^(events|customresourcedefinitions|componentstatuses)(\.|$)/.test(kind));
  const format = 'jsonpath={range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name}{"\\n"}{end}';
  return (await kubectl.text(['get', listed.join(','), '--all-namespaces', '-o', format])).trim().split('\n');
}

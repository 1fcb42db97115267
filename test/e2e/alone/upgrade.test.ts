import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { eventually } from '../../../hack/cluster/eventually.ts';
import { reach, stateOf, type AppRef, type SeenApplication } from '../application.ts';
import type { Kubectl, KubeObject, Recording } from '../kubectl.ts';
import { piApplication, SPARK_IMAGE } from '../pi.ts';
import { CHART, preparedCluster, type Prepared } from '../release.ts';

const RELEASE = 'upgrade';
const NAMESPACE = 'upgrade-operator';
const JOBS = 'upgrade-jobs';
const FULLNAME = `${RELEASE}-spark-operator`;
const DEPLOYMENTS = ['controller', 'webhook'].map((part) => `${FULLNAME}-${part}`);

const RUNS = 20;
/** These have executors; the others are drivers alone, so that twenty fit on a small machine. */
const WITH_EXECUTORS = 2;

/** Ends well when the file /tmp/end appears; with an argument it counts with an executor before and after. */
const JOB = `
import os, sys, time
spark = None
if len(sys.argv) > 1:
    from pyspark.sql import SparkSession
    spark = SparkSession.builder.getOrCreate()
    assert spark.range(1000).count() == 1000
while not os.path.exists("/tmp/end"):
    time.sleep(0.5)
if spark is not None:
    assert spark.range(1000).count() == 1000
    spark.stop()
`;

const apps: readonly AppRef[] = Array.from({ length: RUNS }, (_none, i) => ({ namespace: JOBS, name: `run-${i + 1}` }));

/** Spark's least; a driver without a SparkContext does not fill it. */
const small = { memory: '450m', memoryOverhead: '100m' };

function longRun(app: AppRef, index: number): object {
  const isWhole = index < WITH_EXECUTORS;
  const account = {
    serviceAccount: `${RELEASE}-spark`,
    coreRequest: '10m',
    configMaps: [{ name: 'job', path: '/opt/job' }],
  };
  return piApplication({
    ...app,
    spec: {
      mainApplicationFile: 'local:///opt/job/job.py',
      arguments: isWhole ? ['count'] : [],
      driver: isWhole ? account : { ...account, ...small },
      executor: { coreRequest: '10m' },
    },
  });
}

describe(`a release with ${RUNS} running applications`, () => {
  let cluster: Prepared;
  let kubectl: Kubectl;
  let drivers: Recording<KubeObject> | undefined;
  let uids: readonly string[];

  const helm = (...args: readonly string[]): Promise<string> => cluster.helm([...args, '--namespace', NAMESPACE]);
  const values = (logLevel: string): readonly string[] => [
    ...cluster.values([JOBS]),
    ...['--set', `controller.logLevel=${logLevel}`],
    ...['--set', `webhook.logLevel=${logLevel}`],
  ];
  const bound = ['--wait', '--timeout', '5m'] as const;

  /** uid of each driver pod, in the order of the names. */
  const driverUids = async (): Promise<readonly string[]> => {
    const { items } = await kubectl.json<{ items: readonly KubeObject[] }>([
      '-n',
      JOBS,
      'pods',
      '-l',
      'spark-role=driver',
    ]);
    return items.map(({ metadata }) => metadata.uid);
  };

  /** The pods of the operator, which a new revision replaces. */
  const operatorUids = async (): Promise<ReadonlySet<string>> => {
    const selector = `app.kubernetes.io/instance=${RELEASE}`;
    const { items } = await kubectl.json<{ items: readonly KubeObject[] }>(['-n', NAMESPACE, 'pods', '-l', selector]);
    return new Set(items.map(({ metadata }) => metadata.uid));
  };

  /** All run on in their first attempt, in the pods they had, when none of the operator's pods is from before. */
  const allRunOn = async (before: ReadonlySet<string>): Promise<void> => {
    const isReplaced = async (): Promise<boolean> => [...(await operatorUids())].every((uid) => !before.has(uid));
    expect(await eventually(isReplaced, { timeoutMs: 120_000, everyMs: 1000 })).toBe(true);
    expect(await driverUids()).toEqual(uids);
    const { items } = await kubectl.json<{ items: readonly SeenApplication[] }>(['-n', JOBS, 'sparkapplications']);
    expect(items.map((app) => [stateOf(app), app.status?.submission?.attempt])).toEqual(apps.map(() => ['RUNNING', 1]));
  };

  beforeAll(async () => {
    cluster = await preparedCluster();
    ({ kubectl } = cluster);
    await cluster.ensureNamespaces([NAMESPACE, JOBS]);
    await helm('upgrade', '--install', RELEASE, CHART, ...values('info'), ...bound);
    const job = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'job', namespace: JOBS },
      data: { 'job.py': JOB },
    };
    drivers = kubectl.record(`/api/v1/namespaces/${JOBS}/pods?labelSelector=spark-role=driver`);
    const items = [job, ...apps.map(longRun)];
    await kubectl.text(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    for (const app of apps) await reach(kubectl, app, 'RUNNING', 600_000);
    uids = await driverUids();
  }, 1_500_000);

  afterAll(async () => {
    drivers?.stop();
    await helm('uninstall', RELEASE, '--ignore-not-found').catch(() => '');
    await kubectl.text(['delete', 'namespace', NAMESPACE, JOBS, '--ignore-not-found', '--wait=false']);
  }, 300_000);

  it('restarts none of them when it is upgraded', async () => {
    const before = await operatorUids();
    await helm('upgrade', RELEASE, CHART, ...values('debug'), ...bound);
    await allRunOn(before);
  }, 400_000);

  it('restarts none of them when it is rolled back', async () => {
    const before = await operatorUids();
    await helm('rollback', RELEASE, ...bound);
    await allRunOn(before);
  }, 400_000);

  it('restarts none of them when controller and webhook are restarted', async () => {
    const before = await operatorUids();
    for (const name of DEPLOYMENTS) {
      await kubectl.text(['-n', NAMESPACE, 'rollout', 'restart', 'deployment', name]);
      await kubectl.text(['-n', NAMESPACE, 'rollout', 'status', 'deployment', name, '--timeout', '180s']);
    }
    await allRunOn(before);
  }, 400_000);

  it('sees all of them complete, each with the one driver pod it began with', async () => {
    for (const { name } of apps) await kubectl.text(['-n', JOBS, 'exec', `${name}-driver`, '--', 'touch', '/tmp/end']);
    for (const app of apps) {
      const { status } = await reach(kubectl, app, 'COMPLETED', 300_000);
      expect(status).toMatchObject({ submissionAttempts: 1, executionAttempts: 1 });
    }
    expect(new Set(drivers?.versions.map(({ metadata }) => metadata.uid))).toEqual(new Set(uids));
    expect(uids).toHaveLength(RUNS);
  }, 900_000);

  it('leaves nothing behind that blocks pods when it is uninstalled', async () => {
    await helm('uninstall', RELEASE, ...bound);
    const selector = `app.kubernetes.io/instance=${RELEASE}`;
    const kinds = 'mutatingwebhookconfigurations,validatingwebhookconfigurations';
    expect((await kubectl.json<{ items: readonly object[] }>([kinds, '-l', selector])).items).toEqual([]);
    expect(await kubectl.text(['get', kinds, '-o', 'name'])).not.toContain(FULLNAME);
    const labels = 'sparkoperator.k8s.io/launched-by-spark-operator=true,spark-role=driver';
    for (const more of [[], ['--labels', labels]]) {
      const name = more.length === 0 ? 'ordinary' : 'like-a-driver';
      const run = ['run', name, '--image', SPARK_IMAGE, '--restart=Never', ...more, '--command', '--', 'true'];
      await kubectl.text(['-n', JOBS, ...run]);
      const done = ['wait', '--for=jsonpath={.status.phase}=Succeeded', `pod/${name}`, '--timeout', '120s'];
      await kubectl.text(['-n', JOBS, ...done]);
    }
  }, 500_000);
});

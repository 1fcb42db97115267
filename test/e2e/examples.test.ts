import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Pod } from '../../api/kubernetes.ts';
import { APPLICATIONS, reach, stateOf, withDiagnosis, type AppRef, type SeenApplication } from './application.ts';
import type { Kubectl, KubeObject, Recording } from './kubectl.ts';
import { sharedRelease } from './release.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const NAMESPACE = 'default';

/** What each example prints on its driver. They run in this order, two at a time: a JVM start takes a core. */
const examples: Record<string, readonly RegExp[]> = {
  'spark-pi-python': [/^Pi is roughly 3\.\d+$/m],
  'spark-pi-java': [/^Pi is roughly 3\.1415\d*$/m],
  'spark-volumes': [
    /^The driver sees: Hello from a ConfigMap, driver$/m,
    /^The executors see: Hello from a ConfigMap, executor$/m,
  ],
  'spark-dynamic-allocation': [/^Pi is roughly 3\.\d+$/m],
  'spark-pi-restricted': [/^Pi is roughly 3\.\d+$/m],
  'spark-secrets': [
    /^On the driver analyst has the same password$/m,
    /^On the executors analyst has the same password$/m,
  ],
};

type SeenPod = Pod & KubeObject;

describe('the examples', () => {
  let kubectl: Kubectl;
  let pods: Recording<SeenPod>;
  let applications: Recording<SeenApplication>;

  const appOf = (name: string): AppRef => ({ namespace: NAMESPACE, name });
  const podsOf = (name: string, role: 'driver' | 'executor'): readonly SeenPod[] =>
    pods.versions.filter(
      ({ metadata: { labels = {} } }) =>
        labels['sparkoperator.k8s.io/app-name'] === name && labels['spark-role'] === role,
    );
  const uids = (objects: readonly KubeObject[]): ReadonlySet<string> =>
    new Set(objects.map(({ metadata }) => metadata.uid));

  const names = Object.keys(examples);
  const applied = new Set<string>();
  const apply = async (name: string | undefined): Promise<void> => {
    if (name === undefined || applied.has(name)) return;
    applied.add(name);
    await kubectl.text(['apply', '-f', join(EXAMPLES, `${name}.yaml`)]);
  };

  beforeAll(async () => {
    ({ kubectl } = await sharedRelease());
    const all = ['-f', EXAMPLES, '--ignore-not-found'];
    await kubectl.text(['delete', ...all, '--wait', '--timeout', '60s']);
    pods = kubectl.record(`/api/v1/namespaces/${NAMESPACE}/pods?labelSelector=sparkoperator.k8s.io/app-name`);
    applications = kubectl.record(`${APPLICATIONS}/namespaces/${NAMESPACE}/sparkapplications`);
  }, 900_000);

  afterAll(async () => {
    pods.stop();
    applications.stop();
    await kubectl.text(['delete', '-f', EXAMPLES, '--ignore-not-found', '--wait=false']);
  }, 60_000);

  it('are all known to this test', async () => {
    const files = (await readdir(EXAMPLES)).filter((file) => file.endsWith('.yaml'));
    expect(files.map((file) => file.replace('.yaml', '')).sort()).toEqual([...names].sort());
  });

  it.each(Object.entries(examples))(
    '%s completes and prints what it should, with one driver',
    async (name, lines) => {
      const app = appOf(name);
      await apply(name);
      await apply(names[names.indexOf(name) + 1]);
      const done = await reach(kubectl, app, 'COMPLETED', 240_000);
      await withDiagnosis(kubectl, app, async () => {
        const log = await kubectl.text(['-n', NAMESPACE, 'logs', done.status?.driverInfo?.podName ?? '']);
        for (const line of lines) expect(log).toMatch(line);
      });
      expect(done.status).toMatchObject({ executionAttempts: 1, submission: { lane: 'Native', attempt: 1 } });
      expect(uids(podsOf(name, 'driver')).size).toBe(1);
    },
    300_000,
  );

  it('pass through the states in order, with the times of start and finish', async () => {
    const done = await reach(kubectl, appOf('spark-pi-python'), 'COMPLETED');
    const versions = applications.versions.filter(({ metadata }) => metadata.name === 'spark-pi-python');
    const states = versions.map(stateOf).filter((state, index, all) => state !== all[index - 1]);
    expect(states.filter((state) => state !== 'SUCCEEDING')).toEqual(['', 'SUBMITTED', 'RUNNING', 'COMPLETED']);

    const running = versions.find((version) => stateOf(version) === 'RUNNING')?.status;
    expect(running).toMatchObject({ executionAttempts: 1, lastSubmissionAttemptTime: expect.any(String) });
    expect(running?.terminationTime ?? null).toBeNull();
    const [start, finish] = [done.status?.lastSubmissionAttemptTime, done.status?.terminationTime];
    expect(Date.parse(String(finish))).toBeGreaterThan(Date.parse(String(start)));
  }, 240_000);

  it('show their state, attempts, start, finish and age in kubectl get', async () => {
    await reach(kubectl, appOf('spark-pi-python'), 'COMPLETED');
    const table = await kubectl.text(['-n', NAMESPACE, 'get', 'sparkapplication', 'spark-pi-python']);
    const time = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ';
    const [header = '', row = ''] = table.split('\n');
    expect(header.trim().split(/ +/)).toEqual(['NAME', 'SUSPEND', 'STATUS', 'ATTEMPTS', 'START', 'FINISH', 'AGE']);
    expect(row).toMatch(new RegExp(`^spark-pi-python +(false +)?COMPLETED +1 +${time} +${time} +\\d+[smh]`));
  }, 240_000);

  it('tell their story in kubectl describe, in order', async () => {
    await reach(kubectl, appOf('spark-pi-python'), 'COMPLETED');
    const story = [
      'SparkApplicationSubmitted',
      'SparkDriverRunning',
      'SparkExecutorRunning',
      'SparkDriverCompleted',
      'SparkApplicationCompleted',
    ];
    await withDiagnosis(kubectl, appOf('spark-pi-python'), async () => {
      const described = await kubectl.text(['-n', NAMESPACE, 'describe', 'sparkapplication', 'spark-pi-python']);
      const told = described.slice(described.indexOf('Events:')).match(/Spark(Application|Driver|Executor)[A-Za-z]+/g);
      expect([...new Set(told)]).toEqual(story);
    });
  }, 240_000);

  it('put volumes, ConfigMaps, environment, affinity and tolerations on driver and executor pods', async () => {
    await reach(kubectl, appOf('spark-volumes'), 'COMPLETED', 240_000);
    expectSettings(podsOf('spark-volumes', 'driver')[0], 'driver');
    expectSettings(podsOf('spark-volumes', 'executor')[0], 'executor');
  }, 240_000);

  it('meet the restricted standard where they say so', async () => {
    await reach(kubectl, appOf('spark-pi-restricted'), 'COMPLETED', 240_000);
    for (const role of ['driver', 'executor'] as const) {
      const [pod] = podsOf('spark-pi-restricted', role);
      const container = pod?.spec?.containers.find(({ name }) => name.startsWith('spark-kubernetes-'));
      expect({ role, pod: pod?.spec?.securityContext, container: container?.securityContext }).toMatchObject({
        role,
        pod: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        container: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      });
    }
  }, 240_000);

  it('get as many executors as they ask for', async () => {
    await reach(kubectl, appOf('spark-dynamic-allocation'), 'COMPLETED', 240_000);
    const dynamic = uids(podsOf('spark-dynamic-allocation', 'executor')).size;
    expect(dynamic).toBeGreaterThanOrEqual(1);
    await reach(kubectl, appOf('spark-pi-python'), 'COMPLETED');
    expect(uids(podsOf('spark-pi-python', 'executor')).size).toBe(1);
  }, 240_000);

  it('leave nothing behind when they are deleted', async () => {
    await kubectl.text(['delete', '-f', EXAMPLES, '--wait', '--timeout', '60s']);
    const kinds = 'pods,services,configmaps,persistentvolumeclaims';
    const ofOurs = ['-l', 'sparkoperator.k8s.io/launched-by-spark-operator=true'];
    await kubectl.text(['-n', NAMESPACE, 'wait', '--for=delete', kinds, ...ofOurs, '--timeout', '90s']);
    // What the drivers made themselves carries Spark's label.
    await kubectl.text([
      '-n',
      NAMESPACE,
      'wait',
      '--for=delete',
      kinds,
      '-l',
      'spark-app-selector',
      '--timeout',
      '90s',
    ]);
  }, 240_000);
});

/** What examples/spark-volumes.yaml asks for on both sides. */
function expectSettings(pod: SeenPod | undefined, role: 'driver' | 'executor'): void {
  const linuxOnly = { matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }] };
  const container = expect.objectContaining({
    name: `spark-kubernetes-${role}`,
    env: expect.arrayContaining([{ name: 'AUDIENCE', value: role }]),
    volumeMounts: expect.arrayContaining([
      expect.objectContaining({ name: 'scratch', mountPath: '/scratch' }),
      expect.objectContaining({ mountPath: '/etc/example' }),
    ]),
  });
  expect(pod).toMatchObject({
    metadata: { labels: { example: 'spark-volumes' } },
    spec: {
      tolerations: expect.arrayContaining([{ key: 'batch', operator: 'Exists', effect: 'NoSchedule' }]),
      affinity: {
        nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [linuxOnly] } },
      },
      volumes: expect.arrayContaining([
        expect.objectContaining({ name: 'scratch', emptyDir: { sizeLimit: '16Mi' } }),
        expect.objectContaining({ configMap: expect.objectContaining({ name: 'spark-volumes-settings' }) }),
      ]),
      containers: expect.arrayContaining([container]),
    },
  });
}

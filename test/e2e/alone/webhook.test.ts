import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Pod } from '../../../api/kubernetes.ts';
import { eventually } from '../../../hack/cluster/eventually.ts';
import { reach, seeApplication, type AppRef } from '../application.ts';
import type { Kubectl, KubeObject } from '../kubectl.ts';
import { type Fields, piApplication, SPARK_IMAGE } from '../pi.ts';
import { CHART, preparedCluster, type Prepared } from '../release.ts';

const RELEASE = 'outage';
const OPERATOR = 'outage-operator';
const JOBS = 'outage-jobs';
const WEBHOOK = `${RELEASE}-spark-operator-webhook`;
const PODS = `app.kubernetes.io/instance=${RELEASE},app.kubernetes.io/component=webhook`;
/** Spark knows no field for it: it reaches an executor by its template or by the webhook, or not at all. */
const TOLERATION = { key: 'outage', operator: 'Exists' };
const INJECT = 'sparkoperator.k8s.io/inject-pod-defaults';

type SeenPod = KubeObject & Pod;

describe('the webhook on a cluster', () => {
  let cluster: Prepared;
  let kubectl: Kubectl;

  const inJobs = (...args: readonly string[]): Promise<string> => kubectl.text(['-n', JOBS, ...args]);
  const apply = (object: object): Promise<string> => kubectl.text(['apply', '-f', '-'], JSON.stringify(object));
  const pi = (name: string, spec: Fields = {}): object =>
    piApplication({
      namespace: JOBS,
      name,
      spec: {
        ...spec,
        driver: { serviceAccount: `${RELEASE}-spark`, ...spec.driver },
        executor: { tolerations: [TOLERATION], ...spec.executor },
      },
    });
  const podsOf = (app: string, role: string): string =>
    `/api/v1/namespaces/${JOBS}/pods?labelSelector=sparkoperator.k8s.io/app-name=${app},spark-role=${role}`;
  const runningExecutor = (app: string, other = ''): Promise<SeenPod> =>
    kubectl.until<SeenPod, SeenPod>({
      path: podsOf(app, 'executor'),
      what: `an executor of ${app}`,
      timeoutMs: 300_000,
      found: (pod, deleted) =>
        !deleted && pod.status?.phase === 'Running' && pod.metadata.name !== other ? pod : undefined,
    });

  async function scale(replicas: number): Promise<void> {
    await kubectl.text(['-n', OPERATOR, 'scale', 'deployment', WEBHOOK, `--replicas=${replicas}`]);
    const done = ['rollout', 'status', `deployment/${WEBHOOK}`, '--timeout', '300s'];
    const gone = ['wait', '--for=delete', 'pod', '-l', PODS, '--timeout', '120s'];
    await kubectl.text(['-n', OPERATOR, ...(replicas === 0 ? gone : done)]);
  }

  beforeAll(async () => {
    cluster = await preparedCluster();
    ({ kubectl } = cluster);
    await cluster.ensureNamespaces([OPERATOR, JOBS]);
    const values = cluster.values([JOBS], { hook: { enable: false } });
    const where = ['--namespace', OPERATOR, '--wait', '--timeout', '8m'];
    await cluster.helm(['upgrade', '--install', RELEASE, CHART, ...where, ...values]);
  }, 900_000);

  afterAll(async () => {
    await inJobs('delete', 'sparkapplications,pods', '--all', '--wait', '--timeout', '120s').catch(() => '');
    await cluster.helm(['uninstall', RELEASE, '--namespace', OPERATOR, '--ignore-not-found']);
    await kubectl.text(['delete', 'namespace', OPERATOR, JOBS, '--ignore-not-found', '--wait=false']);
  }, 240_000);

  it('gives a Spark Connect server that asks for them the site defaults, and Spark reads them', async () => {
    await apply({
      apiVersion: 'sparkoperator.k8s.io/v1alpha1',
      kind: 'SparkPodDefaults',
      metadata: { name: 'site', namespace: JOBS },
      spec: {
        sparkConf: { 'spark.sql.shuffle.partitions': '7', 'spark.ui.port': '4040' },
        env: [{ name: 'SITE', value: 'geneva' }],
      },
    });
    const submit = ['/opt/spark/bin/spark-submit', '--master', 'local[1]', '--conf', 'spark.ui.port=4041'];
    const connect = ['--class', 'org.apache.spark.sql.connect.service.SparkConnectServer', 'spark-internal'];
    const server = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'connect', namespace: JOBS, labels: { [INJECT]: 'true' } },
      spec: {
        restartPolicy: 'Never',
        containers: [
          { name: 'connect', image: SPARK_IMAGE, imagePullPolicy: 'IfNotPresent', command: [...submit, ...connect] },
        ],
      },
    };
    const known = async (): Promise<boolean> =>
      (await kubectl.text(['create', '--dry-run=server', '-o', 'yaml', '-f', '-'], JSON.stringify(server))).includes(
        'geneva',
      );
    expect(await eventually(known, { timeoutMs: 30_000 })).toBe(true);
    await apply(server);
    const read = "import urllib.request as r; print(r.urlopen('http://localhost:4041/environment/').read().decode())";
    let page = '';
    const shown = async (): Promise<boolean> => {
      page = await inJobs('exec', 'connect', '--', 'python3', '-c', read).catch(() => '');
      return page.includes('spark.sql.shuffle.partitions');
    };
    if (!(await eventually(shown, { timeoutMs: 300_000, everyMs: 3_000 })))
      throw new Error(`Spark Connect does not show its settings: ${await inJobs('logs', 'connect', '--tail', '60')}`);
    // What the command line says wins over the default: the page came from its port.
    expect(page.replaceAll(/<[^>]+>/g, ' ')).toMatch(/spark\.sql\.shuffle\.partitions\s+7\b/);
    await inJobs('delete', 'pod', 'connect', '--now');
  }, 400_000);

  it('is missed by nobody but new applications while it is away, with the defaults of the chart', async () => {
    await apply(pi('long', { arguments: ['3000'] }));
    const first = await runningExecutor('long');
    await scale(0);

    const ordinary = ['ordinary', '--image', SPARK_IMAGE, '--image-pull-policy=IfNotPresent', '--restart=Never'];
    await inJobs('run', ...ordinary, '--command', '--', 'sleep', '600');
    await inJobs('wait', '--for=condition=Ready', 'pod/ordinary', '--timeout', '180s');
    await drained(kubectl, 'run=ordinary');
    await expect(inJobs('get', 'pod', 'ordinary')).rejects.toThrow(/not found/);
    await kubectl.text(['-n', 'kube-system', 'run', 'system', '--image', SPARK_IMAGE, '--dry-run=server']);

    await inJobs('delete', 'pod', first.metadata.name, '--now');
    const second = await runningExecutor('long', first.metadata.name);
    expect(second.spec?.tolerations).toContainEqual(TOLERATION);

    await expect(apply(pi('late'))).rejects.toThrow(
      /failed calling webhook "sparkapplications\.sparkoperator\.k8s\.io"/,
    );
    await inJobs('label', 'sparkapplication', 'long', 'seen=yes');
    await inJobs('delete', 'sparkapplication', 'long', '--timeout', '120s');
    await scale(2);
    const wrong = apply(pi('wrong', { sparkConf: { 'spark.kubernetes.namespace': 'other' } }));
    await expect(wrong).rejects.toThrow(/spec\.sparkConf.*spark\.kubernetes\.namespace/);
  }, 900_000);

  it('is waited for where pods need it, and the application completes when it is back', async () => {
    const policies = ['--set', 'webhook.podFailurePolicy=Fail', '--set', 'webhook.failurePolicy=Ignore'];
    const where = ['--namespace', OPERATOR, '--wait', '--timeout', '5m'];
    await cluster.helm(['upgrade', RELEASE, CHART, ...where, '--reuse-values', ...policies]);
    await scale(0);
    const app: AppRef = { namespace: JOBS, name: 'patient' };
    await apply(pi(app.name));
    const reasons = (conditions: readonly { readonly reason?: string }[] = []): boolean =>
      conditions.some(({ reason }) => reason === 'AdmissionUnavailable');
    await seeApplication(kubectl, app, 'to wait for the webhook', ({ status }) => reasons(status?.conditions));
    await kubectl.text(['-n', 'kube-system', 'run', 'system', '--image', SPARK_IMAGE, '--dry-run=server']);
    await inJobs('run', 'ordinary', '--image', SPARK_IMAGE, '--dry-run=server');
    await scale(2);
    const { status } = await reach(kubectl, app, 'COMPLETED', 600_000);
    expect(status).toMatchObject({ submissionAttempts: 1, executionAttempts: 1 });
  }, 900_000);
});

/** Drains the node of the pods of one label, as for maintenance, and gives it back. */
async function drained(kubectl: Kubectl, selector: string): Promise<void> {
  const [node = ''] = (await kubectl.text(['get', 'nodes', '-o', 'jsonpath={.items[*].metadata.name}'])).split(' ');
  try {
    await kubectl.text(['drain', node, '--pod-selector', selector, '--force', '--timeout', '120s']);
  } finally {
    await kubectl.text(['uncordon', node]);
  }
}

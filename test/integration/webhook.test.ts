import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pod } from '../../api/kubernetes.ts';
import {
  LABEL_APP_NAME,
  LABEL_INJECT,
  LABEL_LAUNCHED_BY,
  LABEL_NAMESPACE_INJECT,
  LABEL_SPARK_ROLE,
} from '../../api/labels.ts';
import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { ApiError } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import { anApp, aSchedule } from '../builders.ts';
import { applicationsOf, until } from './controller-harness.ts';
import { startWebhookCluster, type WebhookCluster } from './webhook-harness.ts';

let cluster: WebhookCluster;

beforeAll(async () => {
  cluster = await startWebhookCluster('webhook', { args: ['--trusted-service-accounts=spark'] });
}, 180_000);

afterAll(async () => cluster.stop(), 60_000);

/** A pod as Spark makes it: no namespace, and nothing of the application's typed fields. */
const sparkPod = (name: string, role: 'driver' | 'executor', labels: Readonly<Record<string, string>>): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { [LABEL_SPARK_ROLE]: role, 'spark-app-selector': 'spark-1', ...labels } },
  spec: {
    containers: [
      {
        name: `spark-kubernetes-${role}`,
        image: 'spark:4.0.1',
        env: [{ name: 'SPARK_USER', value: 'spark' }],
        volumeMounts: [{ name: 'spark-local-dir-1', mountPath: '/var/data/spark' }],
      },
    ],
    volumes: [{ name: 'spark-local-dir-1', emptyDir: {} }],
  },
});

const own = (app: string): Record<string, string> => ({ [LABEL_LAUNCHED_BY]: 'true', [LABEL_APP_NAME]: app });

const create = (namespace: string, pod: Pod): Promise<Pod> =>
  cluster.client.create(resources.pods, { ...pod, metadata: { ...pod.metadata, namespace } });

const typed: Partial<SparkApplicationSpec> = {
  volumes: [{ name: 'data', emptyDir: {} }],
  executor: {
    cores: 1,
    memory: '512m',
    volumeMounts: [{ name: 'data', mountPath: '/data' }],
    env: [{ name: 'SITE', value: 'a' }],
    tolerations: [{ key: 'spot', operator: 'Exists', effect: 'NoSchedule' }],
    sidecars: [{ name: 'shipper', image: 'shipper:1' }],
    priorityClassName: 'system-node-critical',
  },
  driver: { cores: 1, memory: '512m', serviceAccount: 'spark', env: [{ name: 'SITE', value: 'b' }] },
};

/** Creates an application and waits until the webhook knows it: its next pod is not warned about. */
async function known(namespace: string, name: string, spec: Partial<SparkApplicationSpec>): Promise<void> {
  await applicationsOf(cluster.client, namespace).create(name, spec);
  await until(`the webhook to know ${name}`, async () => {
    const made = await create(namespace, sparkPod(`${name}-probe-${Date.now()}`, 'driver', own(name)));
    return made.metadata?.ownerReferences === undefined ? undefined : true;
  });
}

/** The parts of a pod that the API server does not fill in on its own. */
const mutable = ({ metadata, spec }: Pod): object => ({ labels: metadata?.labels, spec });

/** A new pod of the same labels and spec. */
const again = ({ metadata, spec }: Pod, name: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    ...(metadata?.labels === undefined ? {} : { labels: metadata.labels }),
    ...(metadata?.ownerReferences === undefined ? {} : { ownerReferences: metadata.ownerReferences }),
  },
  ...(spec === undefined ? {} : { spec }),
});

describe('pods of applications', () => {
  it('gives an executor of dynamic allocation the typed fields, although Spark left the namespace out', async () => {
    const namespace = await cluster.namespace();
    await known(namespace, 'pi', { ...typed, dynamicAllocation: { enabled: true, minExecutors: 0 } });
    const { spec } = await create(namespace, sparkPod('pi-exec-7', 'executor', own('pi')));
    expect(spec?.containers[0]?.volumeMounts).toContainEqual(
      expect.objectContaining({ name: 'data', mountPath: '/data' }),
    );
    expect(spec?.containers[0]?.env).toContainEqual({ name: 'SITE', value: 'a' });
    expect(spec?.containers.map(({ name }) => name)).toEqual(['spark-kubernetes-executor', 'shipper']);
    expect(spec?.tolerations).toContainEqual(expect.objectContaining({ key: 'spot' }));
    expect(spec?.volumes?.map(({ name }) => name)).toEqual(expect.arrayContaining(['spark-local-dir-1', 'data']));
  });

  it('changes nothing of a pod that is complete, and no label of a driver', async () => {
    const namespace = await cluster.namespace();
    await known(namespace, 'pi', typed);
    for (const role of ['driver', 'executor'] as const) {
      const pod = sparkPod(`first-${role}`, role, own('pi'));
      const first = await create(namespace, pod);
      expect(first.metadata?.labels).toEqual(pod.metadata?.labels);
      const second = await create(namespace, again(first, `second-${role}`));
      expect(mutable(second)).toEqual(mutable(first));
    }
  });

  it('lets a pod pass whose application is not there', async () => {
    const namespace = await cluster.namespace();
    const pod = await create(namespace, sparkPod('lost', 'executor', own('nobody')));
    expect(pod.spec?.containers).toHaveLength(1);
  });

  it('leaves pods of kube-system and of the operator alone, even when they carry our labels', async () => {
    const namespace = await cluster.namespace();
    await known(namespace, 'pi', typed);
    for (const system of ['kube-system', 'kube-public', 'spark-operator']) {
      const pod = sparkPod(`stranger-${Date.now()}`, 'driver', { ...own('pi'), [LABEL_INJECT]: 'true' });
      const made = await cluster.client.create(
        resources.pods,
        { ...pod, metadata: { ...pod.metadata, namespace: system } },
        { dryRun: true },
      );
      expect(made.metadata?.ownerReferences).toBeUndefined();
    }
  });
});

describe('pods that others submitted', () => {
  const defaults = {
    apiVersion: 'sparkoperator.k8s.io/v1alpha1',
    kind: 'SparkPodDefaults',
    spec: {
      sparkConf: { 'spark.eventLog.enabled': 'true' },
      env: [{ name: 'KRB5_CONFIG', value: '/etc/site/krb5.conf' }],
      volumes: [{ name: 'cvmfs', hostPath: { path: '/cvmfs' } }],
      volumeMounts: [{ name: 'cvmfs', mountPath: '/cvmfs', readOnly: true }],
    },
  };

  async function withDefaults(labels: Readonly<Record<string, string>> = {}): Promise<string> {
    const namespace = await cluster.namespace(labels);
    const applied = await cluster.kubectl(['apply', '-f', '-'], {
      ...defaults,
      metadata: { name: 'site', namespace },
    });
    expect(applied).toMatchObject({ ok: true });
    return namespace;
  }

  const mountsOf = ({ spec }: Pod): readonly (string | undefined)[] =>
    spec?.containers[0]?.volumeMounts?.map(({ mountPath }) => mountPath) ?? [];

  it('get the SparkPodDefaults when they ask for them by label', async () => {
    const namespace = await withDefaults();
    const driver = await until('the webhook to know the defaults', async () => {
      const pod = sparkPod(`driver-${Date.now()}`, 'driver', { [LABEL_INJECT]: 'true' });
      const made = await create(namespace, pod);
      return mountsOf(made).includes('/cvmfs') ? made : undefined;
    });
    expect(driver.spec?.containers[0]?.env).toContainEqual({ name: 'KRB5_CONFIG', value: '/etc/site/krb5.conf' });
    const options = driver.spec?.containers[0]?.env?.find(({ name }) => name === 'SPARK_SUBMIT_OPTS');
    expect(options?.value).toContain('-Dspark.eventLog.enabled=true');
    const second = await create(namespace, again(driver, 'second'));
    expect(mutable(second)).toEqual(mutable(driver));
  });

  it('get them when their namespace asks, driver and executor, unless the pod says no', async () => {
    const namespace = await withDefaults({ [LABEL_NAMESPACE_INJECT]: 'enabled' });
    await until('the webhook to know the defaults', async () =>
      mountsOf(await create(namespace, sparkPod(`probe-${Date.now()}`, 'driver', {}))).includes('/cvmfs')
        ? true
        : undefined,
    );
    const executor = await create(namespace, sparkPod('executor', 'executor', {}));
    expect(mountsOf(executor)).toContain('/cvmfs');
    const refusing = await create(namespace, sparkPod('refusing', 'driver', { [LABEL_INJECT]: 'false' }));
    expect(mountsOf(refusing)).not.toContain('/cvmfs');
    const { spec } = await create(namespace, {
      ...sparkPod('ordinary', 'driver', {}),
      metadata: { name: 'ordinary', labels: { app: 'shop' } },
    });
    expect(spec?.containers[0]?.volumeMounts?.map(({ mountPath }) => mountPath)).not.toContain('/cvmfs');
  });

  it('keep what they say, and the loser is named in a warning', async () => {
    const namespace = await withDefaults();
    const pod = sparkPod('own-mount', 'driver', { [LABEL_INJECT]: 'true' });
    const [container] = pod.spec?.containers ?? [];
    const taken: Pod = {
      ...pod,
      metadata: { ...pod.metadata, namespace },
      spec: {
        ...pod.spec,
        volumes: [{ name: 'mine', emptyDir: {} }, ...(pod.spec?.volumes ?? [])],
        containers:
          container === undefined ? [] : [{ ...container, volumeMounts: [{ name: 'mine', mountPath: '/cvmfs' }] }],
      },
    };
    const said = await until('the warning', async () => {
      const { text } = await cluster.kubectl(['create', '--dry-run=server', '-f', '-'], taken);
      return text.includes('Warning') ? text : undefined;
    });
    expect(said).toMatch(
      new RegExp(`Warning: SparkPodDefaults ${namespace}/site: driver volumeMount /cvmfs .*the pod`),
    );
  });
});

/** A quota for one pod. There is no controller that counts here, so the status is written as it would. */
async function withQuota(namespace: string): Promise<void> {
  const hard = { pods: '1' };
  await cluster.client.create(resources.resourcequotas, { metadata: { name: 'small', namespace }, spec: { hard } });
  const status = { hard, used: { pods: '0' } };
  const ref = { namespace, name: 'small' };
  await cluster.client.patch(resources.resourcequotas, ref, { status }, { subresource: 'status' });
}

describe('SparkApplications', () => {
  const manifest = (namespace: string, spec: object): object => {
    const { apiVersion, kind, spec: whole } = anApp();
    return { apiVersion, kind, metadata: { name: 'pi', namespace }, spec: { ...whole, ...spec } };
  };
  const misspelt = {
    driver: { cores: 1, serviceAccount: 'spark', template: { spec: { containers: [], nodeNmae: 'a' } } },
  };

  it('are refused with every field that is wrong, as kubectl shows it', async () => {
    const namespace = await cluster.namespace();
    // What the CRD itself can say is refused before the webhook is asked.
    const wrong = manifest(namespace, {
      sparkConf: { 'spark.kubernetes.namespace': 'other' },
      driver: { cores: 1, volumeMounts: [{ name: 'nowhere', mountPath: '/data' }] },
      volumes: [
        { name: 'twice', emptyDir: {} },
        { name: 'twice', emptyDir: {} },
      ],
    });
    const { ok, text } = await cluster.kubectl(['apply', '-f', '-'], wrong);
    expect(ok).toBe(false);
    expect(text).toMatch(/The SparkApplication "pi" is invalid/);
    for (const field of ['spark.kubernetes.namespace', 'spec.driver.volumeMounts', 'spec.volumes']) {
      expect(text).toContain(field);
    }
  });

  it.each([
    ['strict', false, /spec\.driver\.template\.spec\.nodeNmae: unknown field/],
    ['warn', true, /Warning: .*spec\.driver\.template\.spec\.nodeNmae: unknown field/],
    ['ignore', true, /^(?!.*Warning)/s],
  ])('with an unknown key in a template follow kubectl --validate=%s', async (validate, ok, said) => {
    const namespace = await cluster.namespace();
    const outcome = await cluster.kubectl(
      ['apply', `--validate=${validate}`, '-f', '-'],
      manifest(namespace, misspelt),
    );
    expect(outcome.text).toMatch(said);
    expect(outcome.ok).toBe(ok);
  });

  it('warn of SparkPodDefaults that give way to them', async () => {
    const namespace = await cluster.namespace();
    await cluster.kubectl(['apply', '-f', '-'], {
      apiVersion: 'sparkoperator.k8s.io/v1alpha1',
      kind: 'SparkPodDefaults',
      metadata: { name: 'site', namespace },
      spec: { sparkConf: { 'spark.eventLog.dir': 's3a://site' } },
    });
    const app = manifest(namespace, { sparkConf: { 'spark.eventLog.dir': 's3a://mine' } });
    const said = await until('the warning', async () => {
      const { text } = await cluster.kubectl(['create', '--dry-run=server', '-f', '-'], app);
      return text.includes('gave way') ? text : undefined;
    });
    expect(said).toMatch(
      new RegExp(`Warning: SparkPodDefaults ${namespace}/site: sparkConf spark.eventLog.dir .*the application`),
    );
  });

  it('warn of a quota that has no room', async () => {
    const namespace = await cluster.namespace();
    await withQuota(namespace);
    await until(
      'the quota to be counted',
      async () => (await cluster.client.get(resources.resourcequotas, { namespace, name: 'small' })).status?.hard,
    );
    const { ok, text } = await cluster.kubectl(['apply', '-f', '-'], manifest(namespace, {}));
    expect(ok).toBe(true);
    expect(text).toMatch(/Warning: .*small.*pods/);
  });

  it('may be edited in their metadata and deleted, whatever their spec', async () => {
    const namespace = await cluster.namespace();
    const apps = applicationsOf(cluster.client, namespace);
    await apps.create('pi');
    await expect(apps.edit('pi', { spec: { mainClass: null } })).rejects.toThrow(/spec\.mainClass/);
    await apps.edit('pi', { metadata: { labels: { team: 'a' } } });
    await apps.delete('pi');
    await apps.untilGone('pi');
  });
});

describe('other kinds', () => {
  it('a schedule that never comes is refused, its template named as such', async () => {
    const namespace = await cluster.namespace();
    const { apiVersion, kind, spec } = aSchedule();
    const wrong = {
      ...spec,
      schedule: 'every day',
      template: { ...spec.template, sparkConf: { 'spark.kubernetes.namespace': 'other' } },
    };
    const manifest = { apiVersion, kind, metadata: { name: 'hourly', namespace }, spec: wrong };
    const { ok, text } = await cluster.kubectl(['apply', '-f', '-'], manifest);
    expect(ok).toBe(false);
    expect(text).toContain('spec.schedule');
    expect(text).toContain('spec.template.sparkConf');
    const right = { ...manifest, spec };
    expect(await cluster.kubectl(['apply', '-f', '-'], right)).toMatchObject({ ok: true });
  });

  it('SparkPodDefaults with a misshapen volume are refused, in the namespace of the operator, too', async () => {
    for (const namespace of [await cluster.namespace(), 'spark-operator']) {
      const { ok, text } = await cluster.kubectl(['apply', '-f', '-'], {
        apiVersion: 'sparkoperator.k8s.io/v1alpha1',
        kind: 'SparkPodDefaults',
        metadata: { name: 'broken', namespace },
        spec: { env: [{ name: 'A', value: { not: 'text' } }] },
      });
      expect(text).toContain('spec.env[0].value');
      expect(ok).toBe(false);
    }
  });
});

describe('with deny', () => {
  it('a quota without room and a user without the right refuse an application', async () => {
    await cluster.restart(['--resource-quota-enforcement=deny', '--user-access-check=deny']);
    const namespace = await cluster.namespace();
    await withQuota(namespace);
    await until(
      'the quota to be counted',
      async () => (await cluster.client.get(resources.resourcequotas, { namespace, name: 'small' })).status?.hard,
    );
    const refusal = await applicationsOf(cluster.client, namespace)
      .create('pi')
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ApiError);
    expect(refusal).toMatchObject({ status: 403, reason: 'Forbidden', message: expect.stringContaining('small') });

    const team = await cluster.namespace();
    for (const right of ['create', 'get']) {
      await cluster.kubectl([
        'create',
        'role',
        right,
        '-n',
        team,
        `--verb=${right}`,
        '--resource=sparkapplications.sparkoperator.k8s.io',
      ]);
      await cluster.kubectl(['create', 'rolebinding', right, '-n', team, `--role=${right}`, '--user=bob']);
    }
    const { apiVersion, kind, spec } = anApp({
      spec: { driver: { cores: 1, serviceAccount: 'admin' }, executor: { cores: 1, instances: 1 } },
    });
    const manifest = { apiVersion, kind, metadata: { name: 'pi', namespace: team }, spec };
    const asBob = await cluster.kubectl(['create', '--as=bob', '-f', '-'], manifest);
    expect(asBob.text).toMatch(/spec\.driver\.serviceAccount.*bob.*may not/);
    expect(asBob.ok).toBe(false);
    expect(await cluster.kubectl(['create', '-f', '-'], manifest)).toMatchObject({ ok: true });
  }, 60_000);
});

import { describe, expect, it } from '@jest/globals';
import type { ConfigMap, Container, Pod } from '../../api/kubernetes.ts';
import type { SparkApplication, SparkApplicationSpec } from '../../api/sparkapplication.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { anApp, somePodDefaults } from '../../test/builders.ts';
import { withDefaults } from '../defaulting.ts';
import { submissionIdOf } from '../identity.ts';
import { omit } from '../mutation/omit.ts';
import { sparkContainerOf } from '../mutation/spark-container.ts';
import { overriddenTexts } from '../pod-defaults/status.ts';
import { planApplication, type ApplicationNativePlan, type ApplicationPlan } from './plan-application.ts';
import { planSubmission } from './plan.ts';

const orderOf = (app: SparkApplication) => ({
  attempt: 1,
  submissionId: submissionIdOf(app.metadata.uid, 1),
  masterUrl: 'https://10.96.0.1:443',
  submitTime: 0,
});

const planned = (spec: Partial<SparkApplicationSpec>, podDefaults: readonly SparkPodDefaults[]): ApplicationPlan => {
  const app = anApp({ spec });
  return planApplication({ app, podDefaults, ...orderOf(app) });
};

function native(spec: Partial<SparkApplicationSpec>, podDefaults: readonly SparkPodDefaults[]): ApplicationNativePlan {
  const plan = planned(spec, podDefaults);
  if (plan.lane !== 'Native') throw new Error(`The lane is ${plan.lane}: ${JSON.stringify(plan)}`);
  return plan;
}

/** The text of a key in any of the plan's ConfigMaps. */
const textOf = ({ resources }: ApplicationNativePlan, key: string): string =>
  resources
    .filter(({ resource }) => resource === 'configmaps')
    // Only ConfigMaps are left.
    .map(({ object }) => (object as ConfigMap).data?.[key])
    .find((text) => text !== undefined) ?? '';

// We have written it ourselves, as JSON.
const templateOf = (plan: ApplicationNativePlan): Pod => JSON.parse(textOf(plan, 'podspec-configmap-key')) as Pod;
const containerOf = (pod: Pod): Container => sparkContainerOf(pod) ?? { name: 'none' };
const mountsAt = (pod: Pod, path: string): readonly string[] =>
  (containerOf(pod).volumeMounts ?? []).filter(({ mountPath }) => mountPath === path).map(({ name }) => name);

describe('planApplication', () => {
  it('plans what planSubmission plans when there are no defaults', () => {
    const app = anApp();
    const { podDefaults, overridden, ...plan } = native({}, []);
    const before = planSubmission({ app: withDefaults(app), ...orderOf(app) });
    expect(before).toMatchObject(omit(plan, ['app']));
    expect({ podDefaults, overridden }).toEqual({ podDefaults: [], overridden: [] });
  });

  it('lets the application win over mount path and affinity, in driver and executors, and names the loser', () => {
    const mine = { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } };
    const pod = { volumeMounts: [{ name: 'data', mountPath: '/data' }], affinity: mine };
    const site = somePodDefaults({
      volumes: [{ name: 'site', hostPath: { path: '/site' } }],
      volumeMounts: [{ name: 'site', mountPath: '/data' }],
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [] }, nodeAffinity: {} },
    });
    const plan = native(
      {
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'mine' } }],
        driver: { ...pod, configMaps: [{ name: 'files', path: '/files' }] },
        executor: pod,
      },
      [site],
    );
    for (const filled of [plan.driverPod, templateOf(plan)]) {
      expect(mountsAt(filled, '/data')).toEqual(['data']);
      expect(filled.spec?.volumes?.map(({ name }) => name)).not.toContain('site');
      expect(filled.spec?.affinity).toEqual({ ...mine, nodeAffinity: {} });
    }
    const lost = ['driver volumeMount /data', 'driver affinity podAntiAffinity'];
    const all = [...lost, ...lost.map((entry) => entry.replace('driver', 'executor'))];
    expect(plan.overridden.map(({ entry }) => entry)).toEqual(all);
    expect(overriddenTexts(plan.overridden)).toEqual(
      all.map(
        (entry) => `SparkPodDefaults spark-operator/site: ${entry} gave way, for the application sets it otherwise`,
      ),
    );
    expect(plan.warnings).toEqual([]);
    expect(plan.podDefaults).toMatchObject([{ name: 'spark-operator/site', applied: 2 }]);
  });

  it('fills properties in before the defaults of the operator', () => {
    const site = somePodDefaults({ sparkConf: { 'spark.executor.memory': '3g', 'spark.driver.memory': '3g' } });
    const plan = native({ driver: {}, executor: {} }, [site]);
    expect(textOf(plan, 'spark.properties')).toMatch(/spark\.executor\.memory=3g\n/);
    expect(containerOf(plan.driverPod).resources?.requests?.['memory']).toBe('3456Mi');
    expect(plan.app.spec.executor.memory).toBeUndefined();
  });

  it('gives pod fields to the role that they are for', () => {
    const env = (name: string) => [{ name, value: 'x' }];
    const plan = native({}, [
      somePodDefaults({ role: 'Driver', env: env('D') }, { name: 'd' }),
      somePodDefaults({ role: 'Executor', env: env('E') }, { name: 'e' }),
    ]);
    const names = (pod: Pod) => containerOf(pod).env?.map(({ name }) => name) ?? [];
    expect([names(plan.driverPod).includes('D'), names(plan.driverPod).includes('E')]).toEqual([true, false]);
    expect(names(templateOf(plan))).toEqual(['E']);
  });

  it('knows what Spark will lay over the template because of properties', () => {
    const site = somePodDefaults({
      volumes: [{ name: 'site', hostPath: { path: '/site' } }],
      volumeMounts: [{ name: 'site', mountPath: '/data' }],
      secrets: [{ name: 'krb5', path: '/keytab' }],
      configMaps: [{ name: 'c', path: '/opt/hadoop/conf' }],
      env: [
        { name: 'A', value: 'site' },
        { name: 'B', value: 'site' },
        { name: 'FREE', value: 'site' },
      ],
      labels: { team: 'site' },
      annotations: { note: 'site' },
      nodeSelector: { disk: 'site', zone: 'site' },
      imagePullSecrets: ['mine', 'site'],
    });
    const plan = native(
      {
        imagePullSecrets: ['mine'],
        executor: { annotations: { note: 'mine' }, secrets: [{ name: 's', path: '/keytab', secretType: 'Generic' }] },
        sparkConf: {
          'spark.kubernetes.executor.volumes.persistentVolumeClaim.data.mount.path': '/data',
          'spark.kubernetes.executor.volumes.persistentVolumeClaim.data.options.claimName': 'mine',
          'spark.kubernetes.hadoop.configMapName': 'hadoop',
          'spark.executorEnv.A': 'mine',
          'spark.kubernetes.executor.secretKeyRef.B': 's:k',
          'spark.kubernetes.executor.label.team': 'mine',
          'spark.kubernetes.node.selector.disk': 'mine',
          'spark.kubernetes.executor.node.selector.zone': 'mine',
        },
      },
      [site],
    );
    const template = templateOf(plan);
    expect(containerOf(template)).toMatchObject({ env: [{ name: 'FREE', value: 'site' }] });
    expect(containerOf(template).volumeMounts ?? []).toEqual([]);
    expect(template.spec?.imagePullSecrets).toEqual([{ name: 'site' }]);
    expect([template.metadata, template.spec?.nodeSelector]).toEqual([undefined, undefined]);
    expect(plan.overridden.map(({ entry }) => entry).filter((entry) => entry.startsWith('executor'))).toEqual(
      [
        'volumeMount /data',
        'volumeMount /opt/hadoop/conf',
        'volumeMount /keytab',
        'env A',
        'env B',
        'nodeSelector disk',
        'nodeSelector zone',
        'label team',
        'annotation note',
      ].map((entry) => `executor ${entry}`),
    );
  });

  it('passes over defaults that are invalid or cannot be read, with a warning', () => {
    const unreadable = JSON.parse('{"tolerations": [null], "env": {"name": "A"}}') as SparkPodDefaults['spec'];
    const plan = native({}, [
      somePodDefaults({ sparkConf: { 'spark.master': 'x' } }, { name: 'bad' }),
      somePodDefaults(unreadable, { name: 'worse' }),
      somePodDefaults({ sparkConf: { 'spark.x': '1' } }, { name: 'good' }),
    ]);
    expect(plan.warnings).toEqual([
      expect.stringContaining('SparkPodDefaults spark-operator/bad is passed over: spec.sparkConf["spark.master"]'),
      expect.stringContaining('SparkPodDefaults spark-operator/worse is passed over: spec.'),
    ]);
    expect(plan.podDefaults).toEqual([{ name: 'spark-operator/good', generation: 1, applied: 1 }]);
  });

  it('blames the defaults for a property of theirs that no plan can do', () => {
    const site = somePodDefaults({ sparkConf: { 'spark.driver.memory': 'lots' } });
    expect(planned({ driver: {} }, [site])).toMatchObject({
      lane: 'Rejected',
      violations: [{ message: expect.stringContaining('(set by SparkPodDefaults spark-operator/site)') }],
    });
  });

  it('refuses what is wrong with the application itself', () => {
    expect(planned({ mode: 'client' }, [])).toMatchObject({ lane: 'Rejected', violations: [{ rule: 'clientMode' }] });
  });
});

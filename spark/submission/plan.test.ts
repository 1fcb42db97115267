import { describe, expect, it } from '@jest/globals';
import type { SparkApplication, SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { anApp } from '../../test/builders.ts';
import { submissionIdOf } from '../identity.ts';
import type { NativePlan, SubmissionPlan } from './plan.ts';
import { planSubmission } from './plan.ts';
import type { PlannedResource } from './planned-resource.ts';

const plan = (app: SparkApplication, attempt = 1): SubmissionPlan =>
  planSubmission({
    app,
    attempt,
    submissionId: submissionIdOf(app.metadata.uid, attempt),
    masterUrl: 'https://api:6443',
    submitTime: Date.UTC(2026, 0, 1),
  });

function nativePlan(app: SparkApplication, attempt = 1): NativePlan {
  const made = plan(app, attempt);
  if (made.lane !== 'Native') throw new Error(`not native: ${JSON.stringify(made)}`);
  return made;
}

describe('the worked example: a jar on Spark 4.1', () => {
  const app = anApp({
    name: 'my-app',
    namespace: 'jobs',
    uid: 'uid-1',
    spec: {
      sparkVersion: '4.1.2',
      image: 'img:1',
      mainClass: 'org.example.Main',
      mainApplicationFile: 'local:///opt/app.jar',
      arguments: ['a', 'b c'],
      driver: { serviceAccount: 'sa', labels: { team: 'x' } },
      executor: { instances: 2 },
    },
  });
  const { driverPod, resources, sparkApplicationId } = nativePlan(app);
  const submissionId = submissionIdOf('uid-1', 1);
  const namesOf = (kind: PlannedResource['resource']): (string | undefined)[] =>
    resources.filter(({ resource }) => resource === kind).map(({ object }) => object.metadata?.name);
  const [service = ''] = namesOf('services');
  const prefix = service.replace(/-driver-svc$/, '');
  const [container] = driverPod.spec?.containers ?? [];
  const localDir = container?.volumeMounts?.find(({ name }) => name === 'spark-local-dir-1')?.mountPath;
  const [, confMap = ''] = namesOf('configmaps');
  const attemptLabels = {
    'sparkoperator.k8s.io/app-name': 'my-app',
    'sparkoperator.k8s.io/launched-by-spark-operator': 'true',
    'sparkoperator.k8s.io/submission-id': submissionId,
  };
  const driverLabels = {
    ...attemptLabels,
    team: 'x',
    'spark-version': '4.1.2',
    'spark-app-selector': sparkApplicationId,
    'spark-app-name': 'my-app',
    'spark-role': 'driver',
  };
  const owner = {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    name: 'my-app',
    uid: 'uid-1',
    controller: true,
  };

  it('names its objects as Spark does', () => {
    expect(sparkApplicationId).toMatch(/^spark-[0-9a-f]{32}$/);
    expect(prefix).toMatch(/^my-app-[0-9a-f]{16}$/);
    expect(confMap).toMatch(/^spark-drv-[0-9a-f]{16}-conf-map$/);
    expect(localDir).toMatch(/^\/var\/data\/spark-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('builds the driver pod', () => {
    expect(driverPod).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'my-app-driver', namespace: 'jobs', labels: driverLabels, ownerReferences: [owner] },
      spec: {
        restartPolicy: 'Never',
        serviceAccount: 'sa',
        serviceAccountName: 'sa',
        containers: [
          {
            name: 'spark-kubernetes-driver',
            image: 'img:1',
            imagePullPolicy: 'IfNotPresent',
            args: [
              'driver',
              '--properties-file',
              '/opt/spark/conf/spark.properties',
              '--class',
              'org.example.Main',
              'local:///opt/app.jar',
              'a',
              'b c',
            ],
            ports: [
              { name: 'driver-rpc-port', containerPort: 7078, protocol: 'TCP' },
              { name: 'blockmanager', containerPort: 7079, protocol: 'TCP' },
              { name: 'spark-ui', containerPort: 4040, protocol: 'TCP' },
              { name: 'spark-connect', containerPort: 15002, protocol: 'TCP' },
            ],
            env: [
              { name: 'SPARK_USER', value: 'spark' },
              { name: 'SPARK_APPLICATION_ID', value: sparkApplicationId },
              {
                name: 'SPARK_DRIVER_BIND_ADDRESS',
                valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } },
              },
              { name: 'SPARK_LOCAL_DIRS', value: localDir },
              { name: 'SPARK_CONF_DIR', value: '/opt/spark/conf' },
            ],
            resources: { requests: { cpu: '1', memory: '1408Mi' }, limits: { memory: '1408Mi' } },
            volumeMounts: [
              { name: 'pod-template-volume', mountPath: '/opt/spark/pod-template' },
              { name: 'spark-local-dir-1', mountPath: localDir },
              { name: 'spark-conf-volume-driver', mountPath: '/opt/spark/conf' },
            ],
          },
        ],
        volumes: [
          {
            name: 'pod-template-volume',
            configMap: {
              name: `${prefix}-driver-podspec-conf-map`,
              items: [{ key: 'podspec-configmap-key', path: 'pod-spec-template.yml' }],
            },
          },
          { name: 'spark-local-dir-1', emptyDir: {} },
          {
            name: 'spark-conf-volume-driver',
            configMap: { name: confMap, items: [{ key: 'spark.properties', path: 'spark.properties', mode: 420 }] },
          },
        ],
      },
    });
  });

  it('builds the headless Service', () => {
    expect(resources.find(({ resource }) => resource === 'services')?.object).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: `${prefix}-driver-svc`,
        namespace: 'jobs',
        labels: { ...attemptLabels, 'spark-app-selector': sparkApplicationId },
        ownerReferences: [owner],
      },
      spec: {
        clusterIP: 'None',
        ipFamilyPolicy: 'SingleStack',
        ipFamilies: ['IPv4'],
        selector: driverLabels,
        ports: [
          { name: 'driver-rpc-port', port: 7078, targetPort: 7078 },
          { name: 'blockmanager', port: 7079, targetPort: 7079 },
          { name: 'spark-ui', port: 4040, targetPort: 4040 },
          { name: 'spark-connect', port: 15002, targetPort: 15002 },
        ],
      },
    });
  });

  it('writes the properties', () => {
    const configMap = resources.find(({ object }) => object.metadata?.name === confMap)?.object;
    expect(configMap).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: confMap, namespace: 'jobs', labels: attemptLabels, ownerReferences: [owner] },
      immutable: true,
      data: {
        'spark.kubernetes.namespace': 'jobs',
        'spark.properties': `#Java properties built from Kubernetes config map with name: ${confMap}
#Thu Jan 01 00:00:00 UTC 2026
spark.app.id=${sparkApplicationId}
spark.app.name=my-app
spark.app.submitTime=1767225600000
spark.driver.blockManager.port=7079
spark.driver.host=${prefix}-driver-svc.jobs.svc
spark.driver.port=7078
spark.executor.instances=2
spark.jars=local\\:///opt/app.jar
spark.kubernetes.authenticate.driver.serviceAccountName=sa
spark.kubernetes.container.image=img\\:1
spark.kubernetes.driver.label.sparkoperator.k8s.io/app-name=my-app
spark.kubernetes.driver.label.sparkoperator.k8s.io/launched-by-spark-operator=true
spark.kubernetes.driver.label.sparkoperator.k8s.io/submission-id=${submissionId}
spark.kubernetes.driver.label.team=x
spark.kubernetes.driver.pod.name=my-app-driver
spark.kubernetes.executor.label.sparkoperator.k8s.io/app-name=my-app
spark.kubernetes.executor.label.sparkoperator.k8s.io/launched-by-spark-operator=true
spark.kubernetes.executor.label.sparkoperator.k8s.io/submission-id=${submissionId}
spark.kubernetes.executor.podTemplateContainerName=spark-kubernetes-executor
spark.kubernetes.executor.podTemplateFile=/opt/spark/pod-template/pod-spec-template.yml
spark.kubernetes.memoryOverheadFactor=0.1
spark.kubernetes.namespace=jobs
spark.kubernetes.resource.type=java
spark.kubernetes.submission.waitAppCompletion=false
spark.kubernetes.submitInDriver=true
spark.master=k8s\\://https\\://api\\:6443
spark.submit.deployMode=cluster
spark.submit.pyFiles=
`,
      },
    });
  });

  it('hands a bare template to the executors', () => {
    const template = resources.find(({ object }) => object.metadata?.name === `${prefix}-driver-podspec-conf-map`);
    expect(template?.object).toMatchObject({
      immutable: true,
      metadata: { namespace: 'jobs', labels: attemptLabels, ownerReferences: [owner] },
    });
    const data = template?.resource === 'configmaps' ? template.object.data : {};
    expect(JSON.parse(data?.['podspec-configmap-key'] ?? '')).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      spec: { containers: [{ name: 'spark-kubernetes-executor' }] },
    });
  });
});

describe('a plan', () => {
  it('is the same for the same attempt, and shares no name but the driver pod’s with another', () => {
    expect(plan(anApp(), 1)).toEqual(plan(anApp(), 1));
    const names = (attempt: number): readonly (string | undefined)[] =>
      nativePlan(anApp(), attempt).resources.map(({ object }) => object.metadata?.name);
    expect(names(2).filter((name) => names(1).includes(name))).toEqual([]);
    expect(nativePlan(anApp(), 2).driverPod.metadata?.name).toBe('pi-driver');
  });

  it('starts a Python application with Spark’s runner and more memory outside the heap', () => {
    const { driverPod } = nativePlan(
      anApp({
        spec: { type: 'Python', mainApplicationFile: 'local:///opt/pi.py', driver: { memory: '1g' }, arguments: ['5'] },
      }),
    );
    const container = driverPod.spec?.containers.at(-1);
    expect(container?.args).toEqual([
      'driver',
      '--properties-file',
      '/opt/spark/conf/spark.properties',
      '--class',
      'org.apache.spark.deploy.PythonRunner',
      'local:///opt/pi.py',
      '5',
    ]);
    expect(container?.resources?.requests?.['memory']).toBe('1433Mi');
  });

  it('refuses a jar in the image without a main class', () => {
    expect(plan(anApp({ spec: { mainClass: '' } }))).toMatchObject({
      lane: 'Rejected',
      violations: [{ field: 'spec.mainClass', rule: 'mainClassMissing' }],
    });
  });

  it('leaves an untested version to spark-submit, unless the native lane is asked for', () => {
    expect(plan(anApp({ spec: { sparkVersion: '3.1.1' } })).lane).toBe('SparkSubmit');
    expect(plan(anApp({ spec: { sparkVersion: '3.1.1', submission: { lane: 'Native' } } })).lane).toBe('Native');
  });

  it('keeps tokens of the API server out of the ConfigMap', () => {
    const { resources } = nativePlan(
      anApp({ spec: { sparkConf: { 'spark.kubernetes.authenticate.submission.oauthToken': 'secret' } } }),
    );
    expect(JSON.stringify(resources)).toContain('oauthToken=<present_but_redacted>');
    expect(JSON.stringify(resources)).not.toContain('secret');
  });

  const warned: Record<string, { given: Partial<SparkApplicationSpec>; want: RegExp }> = {
    'a version that nobody told': { given: { sparkVersion: '', image: 'mine' }, want: /sparkVersion/ },
    'a memory limit of executors': { given: { executor: { memoryLimit: '4g' } }, want: /memoryLimit/ },
    'a life cycle that Spark replaces': {
      given: { executor: { lifecycle: {} }, sparkConf: { 'spark.decommission.enabled': 'true' } },
      want: /lifecycle/,
    },
    'a variable that Spark sets last': {
      given: { executor: { env: [{ name: 'SPARK_LOCAL_DIRS', value: '/x' }] } },
      want: /SPARK_LOCAL_DIRS/,
    },
    'a property that is none of Spark’s': { given: { sparkConf: { 'park.x': '1' } }, want: /park\.x/ },
  };

  it.each(Object.entries(warned))('warns of %s', (_name, { given, want }) => {
    expect(nativePlan(anApp({ spec: given })).warnings).toEqual([expect.stringMatching(want)]);
  });

  it('warns of a memory limit below the request, and raises it', () => {
    const { warnings, driverPod } = nativePlan(anApp({ spec: { driver: { memory: '1g', memoryLimit: '1g' } } }));
    expect(warnings).toEqual([expect.stringMatching(/^spec.driver.memoryLimit 1g is below the 1408Mi/)]);
    expect(driverPod.spec?.containers[0]?.resources?.limits).toEqual({ memory: '1408Mi' });
  });

  it('has no warnings for an ordinary application', () => {
    expect(nativePlan(anApp()).warnings).toEqual([]);
  });

  it('brings the metrics configuration, and the exporter into the Java options', () => {
    const { resources } = nativePlan(
      anApp({
        spec: {
          sparkConf: { 'spark.driver.extraJavaOptions': '-Dx=1' },
          monitoring: {
            exposeDriverMetrics: true,
            exposeExecutorMetrics: false,
            prometheus: { jmxExporterJar: '/jmx.jar', port: 9090, configuration: 'rules: []' },
          },
        },
      }),
    );
    const configMaps = resources.flatMap((planned) => (planned.resource === 'configmaps' ? [planned.object] : []));
    const metrics = configMaps.find(({ metadata }) => metadata?.name === 'pi-prom-conf');
    expect(metrics?.data).toEqual({
      'metrics.properties': expect.stringContaining('JmxSink'),
      'prometheus.yaml': 'rules: []',
    });
    const properties = configMaps.at(-1)?.data?.['spark.properties'] ?? '';
    expect(properties).toContain(
      'spark.driver.extraJavaOptions=-Dx\\=1 -javaagent\\:/jmx.jar\\=9090\\:/etc/metrics/conf/prometheus.yaml\n',
    );
    expect(properties).not.toContain('spark.executor.extraJavaOptions');
    expect(properties).toContain('spark.metrics.namespace=default.pi\n');
  });
});

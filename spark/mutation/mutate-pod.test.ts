import { describe, expect, it } from '@jest/globals';
import type { Pod } from '../../api/kubernetes.ts';
import type { SparkApplicationSpec, SparkPodSpec } from '../../api/sparkapplication.ts';
import { anApp } from '../../test/builders.ts';
import { mutatePod } from './mutate-pod.ts';

/** A driver as Spark builds it, small. */
const driver: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'pi-driver' },
  spec: {
    nodeSelector: { zone: 'a' },
    tolerations: [{ key: 'old', operator: 'Exists' }],
    volumes: [{ name: 'spark-conf-volume-driver', configMap: { name: 'conf' } }],
    containers: [
      { name: 'sidecar', image: 'side:1' },
      {
        name: 'spark-kubernetes-driver',
        image: 'img',
        env: [
          { name: 'SPARK_APPLICATION_ID', value: 'id' },
          { name: 'SPARK_CONF_DIR', value: '/opt/spark/conf' },
        ],
        ports: [{ name: 'spark-ui', containerPort: 4040, protocol: 'TCP' }],
        resources: { requests: { cpu: '1', memory: '1408Mi' }, limits: { memory: '1408Mi' } },
        volumeMounts: [{ name: 'spark-conf-volume-driver', mountPath: '/opt/spark/conf' }],
        securityContext: { runAsUser: 1 },
      },
    ],
  },
};

const podSpec = (pod: Pod): NonNullable<Pod['spec']> => pod.spec ?? { containers: [] };
const sparkContainer = (pod: Pod): object =>
  podSpec(pod).containers.find(({ name }) => name === 'spark-kubernetes-driver') ?? {};

interface Case {
  readonly fields?: SparkPodSpec;
  readonly spec?: Partial<SparkApplicationSpec>;
  /** What the pod's spec must then have. */
  readonly pod?: object;
  /** What Spark's container must then have. */
  readonly container?: object;
}

const cases: Record<string, Case> = {
  'variables go to the end, in the user’s order, instead of older ones of the same name': {
    fields: {
      env: [
        { name: 'SPARK_CONF_DIR', value: '/mine' },
        { name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      ],
    },
    container: {
      env: [
        { name: 'SPARK_APPLICATION_ID', value: 'id' },
        { name: 'SPARK_CONF_DIR', value: '/mine' },
        { name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      ],
    },
  },
  'of two variables of one name the last counts': {
    fields: {
      env: [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ],
    },
    container: { env: expect.arrayContaining([{ name: 'A', value: '2' }]) },
  },
  'sources of variables': {
    fields: { envFrom: [{ configMapRef: { name: 'settings' } }] },
    container: { envFrom: [{ configMapRef: { name: 'settings' } }] },
  },
  'a Spark configuration folder': {
    spec: { sparkConfigMap: 'spark-files' },
    pod: { volumes: expect.arrayContaining([{ name: 'spark-configmap-volume', configMap: { name: 'spark-files' } }]) },
    container: {
      env: expect.arrayContaining([{ name: 'SPARK_CONF_DIR', value: '/etc/spark/conf' }]),
      volumeMounts: expect.arrayContaining([
        { name: 'spark-configmap-volume', mountPath: '/etc/spark/conf', readOnly: true },
      ]),
    },
  },
  'a Hadoop configuration folder': {
    spec: { hadoopConfigMap: 'hadoop-files' },
    pod: {
      volumes: expect.arrayContaining([{ name: 'hadoop-configmap-volume', configMap: { name: 'hadoop-files' } }]),
    },
    container: { env: expect.arrayContaining([{ name: 'HADOOP_CONF_DIR', value: '/etc/hadoop/conf' }]) },
  },
  'ConfigMaps as folders': {
    fields: { configMaps: [{ name: 'files', path: '/files' }] },
    pod: { volumes: expect.arrayContaining([{ name: 'files-vol', configMap: { name: 'files' } }]) },
    container: {
      volumeMounts: expect.arrayContaining([{ name: 'files-vol', mountPath: '/files', readOnly: true }]),
    },
  },
  'a ConfigMap whose name is no name of a volume': {
    fields: { configMaps: [{ name: 'files.example.org', path: '/files' }] },
    container: {
      volumeMounts: expect.arrayContaining([
        expect.objectContaining({ name: expect.stringMatching(/^files-example-org-[0-9a-f]{8}-vol$/) }),
      ]),
    },
  },
  'only the volumes that the role mounts': {
    spec: {
      volumes: [
        { name: 'data', emptyDir: {} },
        { name: 'unused', emptyDir: {} },
      ],
    },
    fields: { volumeMounts: [{ name: 'data', mountPath: '/data' }] },
    pod: { volumes: [podSpec(driver).volumes?.[0], { name: 'data', emptyDir: {} }] },
    container: {
      volumeMounts: [
        { name: 'spark-conf-volume-driver', mountPath: '/opt/spark/conf' },
        { name: 'data', mountPath: '/data' },
      ],
    },
  },
  'a volume that only a sidecar mounts': {
    spec: { volumes: [{ name: 'logs', emptyDir: {} }] },
    fields: { sidecars: [{ name: 'shipper', image: 's', volumeMounts: [{ name: 'logs', mountPath: '/logs' }] }] },
    pod: { volumes: expect.arrayContaining([{ name: 'logs', emptyDir: {} }]) },
  },
  'scratch volumes are left to Spark': {
    spec: { volumes: [{ name: 'spark-local-dir-1', emptyDir: {} }] },
    fields: { volumeMounts: [{ name: 'spark-local-dir-1', mountPath: '/scratch' }] },
    pod: { volumes: podSpec(driver).volumes },
    container: { volumeMounts: [{ name: 'spark-conf-volume-driver', mountPath: '/opt/spark/conf' }] },
  },
  'a scratch volume of a kind that Spark cannot mount': {
    spec: { volumes: [{ name: 'spark-local-dir-1', ephemeral: {} }] },
    fields: { volumeMounts: [{ name: 'spark-local-dir-1', mountPath: '/scratch' }] },
    pod: { volumes: expect.arrayContaining([{ name: 'spark-local-dir-1', ephemeral: {} }]) },
  },
  ports: {
    fields: { ports: [{ name: 'metrics', protocol: 'TCP', containerPort: 9000 }] },
    container: {
      ports: [
        { name: 'spark-ui', containerPort: 4040, protocol: 'TCP' },
        { name: 'metrics', protocol: 'TCP', containerPort: 9000 },
      ],
    },
  },
  'the network of the node': {
    fields: { hostNetwork: true },
    pod: { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' },
  },
  'host aliases': {
    fields: { hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }] },
    pod: { hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }] },
  },
  'init containers': {
    fields: { initContainers: [{ name: 'first', image: 'init:1' }] },
    pod: { initContainers: [{ name: 'first', image: 'init:1' }] },
  },
  'a sidecar takes the place of the one with its name': {
    fields: { sidecars: [{ name: 'sidecar', image: 'side:2' }] },
    pod: { containers: [{ name: 'sidecar', image: 'side:2' }, sparkContainer(driver)] },
  },
  'name servers': {
    fields: { dnsConfig: { nameservers: ['1.1.1.1'] } },
    pod: { dnsConfig: { nameservers: ['1.1.1.1'] } },
  },
  'a priority class': { fields: { priorityClassName: 'high' }, pod: { priorityClassName: 'high' } },
  'a scheduler': { fields: { schedulerName: 'mine' }, pod: { schedulerName: 'mine' } },
  'a batch scheduler before the role’s': {
    spec: { batchScheduler: 'volcano' },
    fields: { schedulerName: 'mine' },
    pod: { schedulerName: 'volcano' },
  },
  'node labels beside those that are there': {
    fields: { nodeSelector: { disk: 'ssd' } },
    pod: { nodeSelector: { zone: 'a', disk: 'ssd' } },
  },
  affinity: {
    fields: { affinity: { nodeAffinity: {} } },
    pod: { affinity: { nodeAffinity: {} } },
  },
  'tolerations beside those that are there': {
    fields: { tolerations: [{ key: 'spot', operator: 'Exists' }] },
    pod: {
      tolerations: [
        { key: 'old', operator: 'Exists' },
        { key: 'spot', operator: 'Exists' },
      ],
    },
  },
  'a memory limit in Java’s units': {
    fields: { memoryLimit: '2g' },
    container: { resources: { requests: { cpu: '1', memory: '1408Mi' }, limits: { memory: '2Gi' } } },
  },
  'a memory limit in Kubernetes’ units': {
    fields: { memoryLimit: '2500Mi' },
    container: { resources: expect.objectContaining({ limits: { memory: '2500Mi' } }) },
  },
  GPUs: {
    fields: { gpu: { name: 'nvidia.com/gpu', quantity: 2 } },
    container: { resources: expect.objectContaining({ limits: { memory: '1408Mi', 'nvidia.com/gpu': '2' } }) },
  },
  'the exporter of metrics': {
    spec: {
      monitoring: {
        exposeDriverMetrics: true,
        exposeExecutorMetrics: false,
        prometheus: { jmxExporterJar: '/jmx.jar' },
      },
    },
    pod: { volumes: expect.arrayContaining([{ name: 'pi-prom-conf-vol', configMap: { name: 'pi-prom-conf' } }]) },
    container: {
      ports: expect.arrayContaining([{ name: 'jmx-exporter', containerPort: 8090, protocol: 'TCP' }]),
      volumeMounts: expect.arrayContaining([
        { name: 'pi-prom-conf-vol', mountPath: '/etc/metrics/conf', readOnly: true },
      ]),
    },
  },
  'a security context instead of the container’s': {
    fields: { securityContext: { runAsNonRoot: true } },
    container: { securityContext: { runAsNonRoot: true } },
  },
  'a security context of the pod': {
    fields: { podSecurityContext: { fsGroup: 185 } },
    pod: { securityContext: { fsGroup: 185 } },
  },
  'a grace period': { fields: { terminationGracePeriodSeconds: 5 }, pod: { terminationGracePeriodSeconds: 5 } },
  'a life cycle': {
    fields: { lifecycle: { preStop: { exec: { command: ['stop'] } } } },
    container: { lifecycle: { preStop: { exec: { command: ['stop'] } } } },
  },
  'one process namespace': { fields: { shareProcessNamespace: true }, pod: { shareProcessNamespace: true } },
  'a mount takes the place of another at its path, and a volume that of one with its name': {
    spec: { volumes: [{ name: 'data', emptyDir: {} }] },
    fields: { volumeMounts: [{ name: 'data', mountPath: '/opt/spark/conf/' }] },
    pod: { volumes: [podSpec(driver).volumes?.[0], { name: 'data', emptyDir: {} }] },
    container: { volumeMounts: [{ name: 'data', mountPath: '/opt/spark/conf/' }] },
  },
  'a port takes the place of another of its number, and the name of another': {
    fields: {
      ports: [
        { name: 'ui', protocol: 'TCP', containerPort: 4040 },
        { name: 'spark-ui', protocol: 'TCP', containerPort: 4041 },
      ],
    },
    container: {
      ports: [
        { name: 'ui', containerPort: 4040, protocol: 'TCP' },
        { name: 'spark-ui', containerPort: 4041, protocol: 'TCP' },
      ],
    },
  },
  'a port of the user for the exporter keeps its name': {
    spec: {
      monitoring: {
        exposeDriverMetrics: true,
        exposeExecutorMetrics: true,
        prometheus: { jmxExporterJar: '/jmx.jar' },
      },
    },
    fields: { ports: [{ name: 'metrics', protocol: 'TCP', containerPort: 8090 }] },
    container: {
      ports: [
        { name: 'spark-ui', containerPort: 4040, protocol: 'TCP' },
        { name: 'metrics', protocol: 'TCP', containerPort: 8090 },
      ],
    },
  },
  'no sidecar takes the place of Spark’s container': {
    fields: { sidecars: [{ name: 'spark-kubernetes-driver', image: 'other' }] },
    container: { image: 'img' },
  },
  'a memory limit is never below the request': {
    fields: { memoryLimit: '1g' },
    container: { resources: { requests: { cpu: '1', memory: '1408Mi' }, limits: { memory: '1408Mi' } } },
  },
  'what is false or unset changes nothing': {
    fields: { hostNetwork: false, shareProcessNamespace: false, schedulerName: '', memoryLimit: '' },
    pod: podSpec(driver),
    container: sparkContainer(driver),
  },
};

const appOf = ({ fields = {}, spec = {} }: Case): ReturnType<typeof anApp> =>
  anApp({ spec: { ...spec, driver: fields } });

describe('mutatePod', () => {
  it.each(Object.entries(cases))('%s', (_name, given) => {
    const pod = mutatePod(driver, 'driver', appOf(given));
    expect(pod.spec).toMatchObject(given.pod ?? {});
    for (const [key, value] of Object.entries(given.container ?? {}))
      expect(sparkContainer(pod)).toHaveProperty(key, value);
  });

  it('takes the numbers of an earlier priority class away', () => {
    const old = {
      ...driver,
      spec: { ...podSpec(driver), priority: 5, preemptionPolicy: 'Never', priorityClassName: 'low' },
    };
    const pod = mutatePod(old, 'driver', anApp({ spec: { driver: { priorityClassName: 'high' } } }));
    expect(pod.spec).toMatchObject({ priorityClassName: 'high' });
    expect(pod.spec).not.toHaveProperty('priority');
    expect(pod.spec).not.toHaveProperty('preemptionPolicy');
  });

  it('makes the application the owner of its driver, and of no executor', () => {
    expect(mutatePod(driver, 'driver', anApp()).metadata?.ownerReferences).toMatchObject([
      { kind: 'SparkApplication', name: 'pi', controller: true },
    ]);
    expect(mutatePod(driver, 'executor', anApp()).metadata).toEqual(driver.metadata);
  });

  it('reads the fields of the role', () => {
    const app = anApp({ spec: { driver: { priorityClassName: 'high' }, executor: { priorityClassName: 'low' } } });
    expect(mutatePod(driver, 'executor', app).spec?.priorityClassName).toBe('low');
  });

  it('finds the container that Spark has marked when a template has named it otherwise', () => {
    const renamed = {
      ...driver,
      spec: { containers: podSpec(driver).containers.map((item) => ({ ...item, name: `my-${item.name}` })) },
    };
    const pod = mutatePod(renamed, 'driver', anApp({ spec: { driver: { env: [{ name: 'A', value: '1' }] } } }));
    expect(pod.spec?.containers.map(({ env }) => env?.some(({ name }) => name === 'A') ?? false)).toEqual([
      false,
      true,
    ]);
  });
});

/** A small generator of numbers (mulberry32), so that a failure comes again with its seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('mutatePod over a template', () => {
  const over = (spec: object, fields: SparkPodSpec): Pod =>
    mutatePod({ spec: { ...podSpec(driver), ...spec } }, 'driver', anApp({ spec: { driver: fields } }));

  it('replaces kinds of affinity and leaves the others', () => {
    const affinity = { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] }, podAffinity: {} };
    expect(over({ affinity }, { affinity: { nodeAffinity: {} } }).spec?.affinity).toEqual({
      nodeAffinity: {},
      podAffinity: {},
    });
  });

  it('makes the request of GPUs the same as the limit', () => {
    const resources = { requests: { cpu: '1', 'nvidia.com/gpu': '1' } };
    const containers = [{ name: 'spark-kubernetes-driver', resources }];
    const gpu = { name: 'nvidia.com/gpu', quantity: 2 };
    expect(over({ containers }, { gpu }).spec?.containers[0]?.resources).toEqual({
      requests: { cpu: '1', 'nvidia.com/gpu': '2' },
      limits: { 'nvidia.com/gpu': '2' },
    });
  });

  it('replaces an init container of the same name, and adds no toleration or alias that is there', () => {
    const alias = { ip: '10.0.0.1', hostnames: ['db'] };
    const spec = { initContainers: [{ name: 'a', image: '1' }, { name: 'b' }], hostAliases: [alias] };
    const fields = {
      initContainers: [{ name: 'a', image: '2' }],
      hostAliases: [alias],
      tolerations: [{ operator: 'Exists', key: 'old' }],
    };
    expect(over(spec, fields).spec).toMatchObject({
      initContainers: [{ name: 'a', image: '2' }, { name: 'b' }],
      hostAliases: [alias],
      tolerations: [{ key: 'old', operator: 'Exists' }],
    });
  });
});

describe('mutatePod applied again', () => {
  it('changes nothing, whatever fields are set', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const next = numbers(seed);
      const chosen = Object.values(cases).filter(() => next() < 0.3);
      const spec = chosen.reduce<Partial<SparkApplicationSpec>>((all, given) => ({ ...all, ...given.spec }), {});
      const fields = chosen.reduce<SparkPodSpec>((all, given) => ({ ...all, ...given.fields }), {});
      const app = anApp({ spec: { ...spec, driver: fields } });
      const once = mutatePod(driver, 'driver', app);
      expect({ seed, pod: mutatePod(once, 'driver', app) }).toEqual({ seed, pod: once });
    }
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Container, Pod } from '../../api/kubernetes.ts';
import { memoryBytes } from '../../api/quantity.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { anApp } from '../../test/builders.ts';
import { fillPod } from '../pod-defaults/fill-pod.ts';
import { checkPodParts } from '../validation/pod-shape.ts';
import { validate } from '../validation/validate.ts';
import { mutatePod } from './mutate-pod.ts';
import type { PodRole } from './mutator.ts';

const GPU = 'nvidia.com/gpu';

// Few names, so that what is random meets again and again.
const name = fc.constantFrom('a', 'b', 'c', 'files-vol');
const path = fc.constantFrom('/a', '/b', '/a/b', '/c', '/c/');
const number = fc.constantFrom(4040, 7078, 8090, 9000);
const label = fc.constantFrom('zone', 'disk', 'spark-role', 'team');
const some = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { maxLength: 3 });
const few = <T>(item: fc.Arbitrary<T>, key: (value: T) => unknown): fc.Arbitrary<T[]> =>
  fc.uniqueArray(item, { maxLength: 3, selector: key });

/** Any of the fields, each there or not. */
const partly = <T extends object>(parts: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T, never>(parts, { requiredKeys: [] });

const env = fc.oneof(
  fc.record({ name: fc.constantFrom('A', 'B', 'SPARK_CONF_DIR', 'SPARK_APPLICATION_ID'), value: name }),
  fc.record({ name: fc.constantFrom('A', 'B'), valueFrom: fc.constant({ fieldRef: { fieldPath: 'metadata.name' } }) }),
);
const envFrom = fc.oneof(
  fc.record({ configMapRef: fc.record({ name }) }),
  fc.record({ secretRef: fc.record({ name }) }),
);
const mount = fc.record({ name, mountPath: path });
/** The mounts of an application, of volumes that it has, and its folders, each at places of their own. */
const ownName = fc.constantFrom('a', 'b', 'c');
const ownMount = fc.record({ name: ownName, mountPath: fc.constantFrom('/a', '/b', '/c/') });
const folder = fc.constantFrom('/a/b', '/d');
const plain = (at: string): string => at.replace(/(?<=.)\/$/, '');
const port = fc.record({
  name: fc.constantFrom('spark-ui', 'metrics', 'x'),
  protocol: fc.constant('TCP'),
  containerPort: number,
});
const toleration = fc.record({ key: name, operator: fc.constant('Exists') });
const alias = fc.record({ ip: fc.constantFrom('10.0.0.1', '10.0.0.2'), hostnames: some(name) });
const labels = fc.dictionary(label, name, { maxKeys: 3 });
const source: fc.Arbitrary<object> = fc.constantFrom({ emptyDir: {} }, { configMap: { name: 'x' } }, { secret: {} });
const volume = fc.tuple(name, source).map(([own, kind]) => ({ name: own, ...kind }));
const context = partly({ runAsUser: fc.constantFrom(185, 1000), allowPrivilegeEscalation: fc.boolean() });
const affinity = partly({
  nodeAffinity: fc.constantFrom({}, { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{}] } }),
  podAffinity: fc.constant({}),
  podAntiAffinity: fc.constant({}),
});
const resources = partly({
  requests: fc.constantFrom({ cpu: '1', memory: '1408Mi' }, { memory: '512Mi', [GPU]: '1' }),
  limits: fc.constantFrom({ memory: '1408Mi' }, { cpu: '2' }),
});

const sidecar = (names: readonly string[]): fc.Arbitrary<Container> =>
  fc.record({
    name: fc.constantFrom(...names),
    image: name,
    volumeMounts: few(fc.record({ name: ownName, mountPath: path }), ({ mountPath }) => plain(mountPath)),
  });

const fields = partly({
  env: some(env),
  envFrom: some(envFrom),
  configMaps: few(fc.record({ name: fc.constantFrom('files', 'conf'), path: folder }), ({ path: at }) => plain(at)),
  volumeMounts: few(ownMount, ({ mountPath }) => plain(mountPath)),
  ports: few(port, (item) => item.name),
  hostNetwork: fc.boolean(),
  hostAliases: some(alias),
  initContainers: few(sidecar(['init-a', 'init-b']), (item) => item.name),
  sidecars: few(sidecar(['side-a', 'side-b']), (item) => item.name),
  dnsConfig: fc.constant({ nameservers: ['1.1.1.1'] }),
  priorityClassName: name,
  schedulerName: name,
  nodeSelector: labels,
  affinity,
  tolerations: some(toleration),
  memoryLimit: fc.constantFrom('1g', '2Gi', ''),
  gpu: fc.record({ name: fc.constant(GPU), quantity: fc.integer({ min: 1, max: 4 }) }),
  securityContext: context,
  podSecurityContext: partly({ fsGroup: fc.constant(185) }),
  terminationGracePeriodSeconds: fc.nat(60),
  lifecycle: fc.constant({ preStop: { exec: { command: ['stop'] } } }),
  shareProcessNamespace: fc.boolean(),
});

const monitoring = fc.record({
  exposeDriverMetrics: fc.boolean(),
  exposeExecutorMetrics: fc.boolean(),
  prometheus: fc.constantFrom(
    { jmxExporterJar: '/jmx.jar' },
    { jmxExporterJar: '/jmx.jar', port: 9000, portName: 'x' },
  ),
});

/** Applications that the rules let through. */
const application: fc.Arbitrary<SparkApplication> = partly({
  driver: fields,
  executor: fields,
  sparkConfigMap: name,
  hadoopConfigMap: name,
  batchScheduler: fc.constant('volcano'),
  monitoring,
})
  .chain((spec) => fc.tuple(source, source, source).map((sources) => ({ spec, sources })))
  .map(({ spec, sources }) =>
    anApp({ spec: { ...spec, volumes: ['a', 'b', 'c'].map((own, index) => ({ name: own, ...sources[index] })) } }),
  )
  .filter((app) => validate(app).length === 0);

const sparkContainer = (role: PodRole): fc.Arbitrary<Container> =>
  fc
    .record(
      {
        env: few(env, (item) => item.name),
        envFrom: some(envFrom),
        ports: few(port, (item) => item.name),
        volumeMounts: few(mount, ({ mountPath }) => plain(mountPath)),
        resources,
        securityContext: context,
      },
      { requiredKeys: [] },
    )
    .map((container) => ({ name: `spark-kubernetes-${role}`, ...container }));

/** Pods as Spark makes them, or as the API server sees them at admission. */
const pod = (role: PodRole): fc.Arbitrary<Pod> =>
  fc
    .record({
      labels,
      container: sparkContainer(role),
      others: few(sidecar(['side-a', 'other']), (item) => item.name),
      rest: partly({
        volumes: few(volume, (item) => item.name),
        initContainers: few(sidecar(['init-a', 'old']), (item) => item.name),
        tolerations: some(toleration),
        hostAliases: some(alias),
        nodeSelector: labels,
        affinity,
        priority: fc.nat(9),
        priorityClassName: name,
        terminationGracePeriodSeconds: fc.nat(60),
      }),
    })
    .map(({ labels: own, container, others, rest }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `pi-${role}`, labels: own },
      spec: { ...rest, containers: [...others, container] },
    }));

const defaults: fc.Arbitrary<SparkPodDefaults> = partly({
  volumes: few(volume, (item) => item.name),
  volumeMounts: some(mount),
  configMaps: some(fc.record({ name: fc.constantFrom('files', 'conf'), path })),
  env: some(env),
  envFrom: some(envFrom),
  affinity,
  tolerations: some(toleration),
  nodeSelector: labels,
  labels: fc.dictionary(fc.constantFrom('team', 'cost'), name, { maxKeys: 2 }),
  imagePullSecrets: some(name),
}).map((spec) => ({
  apiVersion: 'sparkoperator.k8s.io/v1alpha1',
  kind: 'SparkPodDefaults',
  metadata: { name: 'site', namespace: 'default', uid: 'u' },
  spec,
}));

const roles: readonly PodRole[] = ['driver', 'executor'];
const cases = fc
  .constantFrom(...roles)
  .chain((role) => fc.record({ role: fc.constant(role), given: pod(role), app: application, site: some(defaults) }));

const twice = (values: readonly unknown[] | undefined): readonly unknown[] =>
  (values ?? []).filter((value, index, all) => all.indexOf(value) !== index);

/** What of a pod the API server would find twice. */
function repeatedIn({ spec }: Pod): readonly unknown[] {
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  return [
    ...twice(spec?.volumes?.map((item) => item.name)),
    ...twice(containers.map((item) => item.name)),
    ...containers.flatMap((container) => [
      ...twice(container.env?.map((item) => item.name)),
      ...twice(container.ports?.map((item) => item.name)),
      ...twice(container.volumeMounts?.map(({ mountPath }) => plain(mountPath))),
    ]),
  ];
}

/** Mounts of Spark's container without a volume. */
function mountsWithoutVolume({ spec }: Pod): readonly string[] {
  const volumes = new Set((spec?.volumes ?? []).map((item) => item.name));
  const own = spec?.containers.find((container) => container.name.startsWith('spark-kubernetes'));
  return (own?.volumeMounts ?? []).map((item) => item.name).filter((item) => !volumes.has(item));
}

/** Requests and limits of Spark's container; no limit is no bound. */
function memoryOf({ spec }: Pod) {
  const own = spec?.containers.find((container) => container.name.startsWith('spark-kubernetes'));
  const { requests = {}, limits = {} } = own?.resources ?? {};
  return {
    requests: memoryBytes(requests['memory'] ?? '0') ?? 0,
    limits: memoryBytes(limits['memory'] ?? '1Ti') ?? 0,
    gpu: { requests: requests[GPU], limits: limits[GPU] },
  };
}

const shapeOf = (given: Pod): object =>
  checkPodParts({ metadata: given.metadata, spec: given.spec }, 'PodTemplateSpec', 'pod');

describe('mutatePod, whatever the pod and the application', () => {
  it('changes nothing when it is applied again', () => {
    fc.assert(
      fc.property(cases, ({ role, given, app }) => {
        const once = mutatePod(given, role, app);
        expect(mutatePod(once, role, app)).toEqual(once);
      }),
    );
  });

  it('changes nothing after SparkPodDefaults were filled in, and they nothing after it', () => {
    fc.assert(
      fc.property(cases, ({ role, given, app, site }) => {
        const once = mutatePod(given, role, app);
        const filled = fillPod(once, role, site);
        expect(mutatePod(filled.pod, role, app)).toEqual(filled.pod);
        expect(fillPod(filled.pod, role, site).pod).toEqual(filled.pod);
      }),
    );
  });

  it('makes nothing twice that must be there once', () => {
    fc.assert(
      fc.property(cases, ({ role, given, app, site }) => {
        const { pod: made } = fillPod(mutatePod(given, role, app), role, site);
        expect(repeatedIn(made)).toEqual([]);
      }),
    );
  });

  it('adds no mount without its volume', () => {
    fc.assert(
      fc.property(cases, ({ role, given, app }) => {
        const before = mountsWithoutVolume(given);
        expect(mountsWithoutVolume(mutatePod(given, role, app)).filter((item) => !before.includes(item))).toEqual([]);
      }),
    );
  });

  it('leaves the labels of the pod alone', () => {
    fc.assert(
      fc.property(cases, ({ role, given, app }) => {
        expect(mutatePod(given, role, app).metadata?.labels).toEqual(given.metadata?.labels);
      }),
    );
  });

  it('keeps the shape of a pod', () => {
    fc.assert(
      fc.property(cases, ({ role, given, app, site }) => {
        expect(shapeOf(given)).toEqual({ unknown: [], wrong: [] });
        const { pod: made } = fillPod(mutatePod(given, role, app), role, site);
        expect(shapeOf(made)).toEqual({ unknown: [], wrong: [] });
      }),
    );
  });

  it('sets no limit below a request', () => {
    fc.assert(
      fc.property(cases, ({ role, given, app }) => {
        const before = memoryOf(given);
        const { requests, limits, gpu } = memoryOf(mutatePod(given, role, app));
        if (before.requests <= before.limits) expect(requests).toBeLessThanOrEqual(limits);
        if (app.spec[role]?.gpu !== undefined) expect(gpu.requests ?? gpu.limits).toBe(gpu.limits);
      }),
    );
  });
});

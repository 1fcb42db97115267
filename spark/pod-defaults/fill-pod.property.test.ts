import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, property, record, uniqueArray, type Arbitrary } from 'fast-check';
import type { Affinity, EnvVar, Pod, Volume, VolumeMount } from '../../api/kubernetes.ts';
import type { SparkPodSpec } from '../../api/sparkapplication.ts';
import type { SparkPodDefaults, SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { anApp, somePodDefaults } from '../../test/builders.ts';
import { mutatePod } from '../mutation/mutate-pod.ts';
import { plainPath } from '../mutation/mount.ts';
import { fillForeignPod } from './fill-foreign-pod.ts';
import { fillPod } from './fill-pod.ts';
import { propertiesIn } from './submit-opts.ts';

// Few names, so that pods and defaults meet often.
const name = constantFrom('a', 'b', 'c');
const path = constantFrom('/a', '/a/', '/b', '/c/d');
const text = constantFrom('1', '2');
const map = array(record({ key: name, text }), { maxLength: 3 }).map((pairs) =>
  Object.fromEntries(pairs.map(({ key, text: value }) => [key, value])),
);

const volume: Arbitrary<Volume> = record({ name, hostPath: record({ path }) });
const mount: Arbitrary<VolumeMount> = record({ name, mountPath: path });
const env: Arbitrary<EnvVar> = record({ name, value: text });
const affinity: Arbitrary<Affinity> = record(
  {
    nodeAffinity: constantFrom({}, { preferredDuringSchedulingIgnoredDuringExecution: [] }),
    podAffinity: constantFrom({}),
  },
  { requiredKeys: [] },
);
const unique = <T>(item: Arbitrary<T>, selector: (item: T) => unknown): Arbitrary<T[]> =>
  uniqueArray(item, { selector, maxLength: 3 });
const volumes = unique(volume, (one) => one.name);
const mounts = unique(mount, ({ mountPath }) => plainPath(mountPath));
const folders = array(record({ name, path }), { maxLength: 2 });

const spec: Arbitrary<SparkPodDefaultsSpec> = record(
  {
    role: constantFrom('Driver', 'Executor', 'Both'),
    sparkConf: map.map((pairs) =>
      Object.fromEntries(Object.entries(pairs).map(([key, value]) => [`spark.${key}`, value])),
    ),
    volumes,
    volumeMounts: mounts,
    configMaps: folders,
    secrets: folders,
    env: unique(env, (one) => one.name),
    envFrom: array(record({ secretRef: record({ name }) }), { maxLength: 2 }),
    affinity,
    tolerations: array(record({ key: name }), { maxLength: 2 }),
    nodeSelector: map,
    labels: map,
    annotations: map,
    imagePullSecrets: array(name, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const defaults: Arbitrary<readonly SparkPodDefaults[]> = array(spec, { maxLength: 3 }).map((specs) =>
  specs.map((one, index) => somePodDefaults(one, { name: `d${index}` })),
);

/** What is valid whatever is drawn. */
const validDefaults: Arbitrary<readonly SparkPodDefaults[]> = array(
  record({
    sparkConf: array(record({ key: name, value: constantFrom('1', 'a b', '"', '$(a)') }), { maxLength: 3 }).map(
      (pairs) => Object.fromEntries(pairs.map(({ key, value }) => [`spark.${key}`, value])),
    ),
    env: unique(env, (one) => one.name),
  }),
  { maxLength: 3 },
).map((specs) => specs.map((one, index) => somePodDefaults(one, { name: `d${index}` })));

const pod: Arbitrary<Pod> = record({
  metadata: record({ labels: map, annotations: map }),
  spec: record({
    volumes,
    nodeSelector: map,
    affinity,
    tolerations: array(record({ key: name }), { maxLength: 2 }),
    imagePullSecrets: array(record({ name }), { maxLength: 2 }),
    containers: record({ volumeMounts: mounts, env: array(env, { maxLength: 3 }) }).map((fields) => [
      { name: 'spark-kubernetes-driver', ...fields },
      { name: 'sidecar' },
    ]),
  }),
});

const fields: Arbitrary<SparkPodSpec> = record(
  { volumeMounts: mounts, configMaps: folders, env: array(env, { maxLength: 3 }), affinity, labels: map },
  { requiredKeys: [] },
);

const role = constantFrom('driver' as const, 'executor' as const);

/** True if all that `before` holds is in `after`: keys of maps, items of lists in their order. */
const keeps = (after: unknown, before: unknown): boolean => {
  if (Array.isArray(before)) return Array.isArray(after) && isSubsequence(after, before);
  if (typeof before !== 'object' || before === null) return after === before;
  return (
    typeof after === 'object' &&
    after !== null &&
    Object.entries(before).every(([key, part]) => keeps((after as Readonly<Record<string, unknown>>)[key], part))
  );
};

const isSubsequence = (after: readonly unknown[], before: readonly unknown[]): boolean =>
  after.reduce<number>(
    (found, item) => (found < before.length && keeps(item, before[found]) ? found + 1 : found),
    0,
  ) === before.length;

const mountPathsOf = ({ spec: podSpec }: Pod): readonly string[] =>
  (podSpec?.containers ?? []).flatMap(({ volumeMounts = [] }) =>
    volumeMounts.map(({ mountPath }) => plainPath(mountPath)),
  );

const volumeNamesOf = ({ spec: podSpec }: Pod): readonly string[] => (podSpec?.volumes ?? []).map((one) => one.name);

const hasNoTwins = (names: readonly string[]): boolean => new Set(names).size === names.length;

describe('fillPod on any pod', () => {
  it('changes nothing when it is done again', () => {
    assert(
      property(pod, role, defaults, (given, of, objects) => {
        const once = fillPod(given, of, objects);
        expect(fillPod(once.pod, of, objects)).toMatchObject({ pod: once.pod, applied: {} });
      }),
    );
  });

  it('keeps all that the pod has', () => {
    assert(property(pod, role, defaults, (given, of, objects) => keeps(fillPod(given, of, objects).pod, given)));
  });

  it('mounts nothing twice, and only volumes that are there, over what an application asks for', () => {
    assert(
      property(fields, volumes, defaults, (driver, list, objects) => {
        const app = anApp({ spec: { driver, volumes: list } });
        const plain: Pod = { spec: { containers: [{ name: 'spark-kubernetes-driver' }] } };
        const filled = fillPod(mutatePod(plain, 'driver', app), 'driver', objects).pod;
        expect(hasNoTwins(mountPathsOf(filled))).toBe(true);
        expect(hasNoTwins(volumeNamesOf(filled))).toBe(true);
        const mounted = filled.spec?.containers[0]?.volumeMounts?.map((one) => one.name) ?? [];
        expect(mounted.every((one) => volumeNamesOf(filled).includes(one))).toBe(true);
      }),
    );
  });
});

describe('fillForeignPod on any pod', () => {
  it('changes nothing when it is done again, and gives every property as the first says it', () => {
    assert(
      property(pod, validDefaults, (given, objects) => {
        const once = fillForeignPod(given, 'driver', objects).pod;
        expect(fillForeignPod(once, 'driver', objects).pod).toEqual(once);
        const options = once.spec?.containers[0]?.env?.find((one) => one.name === 'SPARK_SUBMIT_OPTS')?.value ?? '';
        expect(propertiesIn(options)).toEqual(
          Object.assign({}, ...objects.toReversed().map((one) => one.spec.sparkConf)),
        );
      }),
    );
  });
});

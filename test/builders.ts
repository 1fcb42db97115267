import {
  API_VERSION,
  API_VERSION_ALPHA,
  SCHEDULED_SPARK_APPLICATION_KIND,
  SPARK_APPLICATION_KIND,
  SPARK_POD_DEFAULTS_KIND,
} from '../api/group.ts';
import type { ScheduledSparkApplication, ScheduledSparkApplicationSpec } from '../api/scheduledsparkapplication.ts';
import type { SparkApplication, SparkApplicationSpec, SparkApplicationStatus } from '../api/sparkapplication.ts';
import type { SparkPodDefaults, SparkPodDefaultsSpec } from '../api/sparkpoddefaults.ts';

export interface AppOptions {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly metadata?: Partial<SparkApplication['metadata']>;
  /** Laid over a small valid specification, field by field at the top level. */
  readonly spec?: Partial<SparkApplicationSpec>;
  readonly status?: SparkApplicationStatus;
}

const pi: SparkApplicationSpec = {
  type: 'Scala',
  sparkVersion: '4.0.1',
  image: 'localhost/spark:4.0.1',
  mainClass: 'org.apache.spark.examples.SparkPi',
  mainApplicationFile: 'local:///opt/spark/examples/jars/spark-examples.jar',
  driver: { cores: 1, memory: '512m', serviceAccount: 'spark' },
  executor: { cores: 1, instances: 1, memory: '512m' },
};

/** A valid application, frozen through and through so that a test fails when code writes to what it was given. */
export function anApp(options: AppOptions = {}): SparkApplication {
  const {
    name = 'pi',
    namespace = 'default',
    uid = '5f6f4d3e-8a3b-4d8e-9a53-0c1d2e3f4a5b',
    metadata,
    spec,
    status,
  } = options;
  return deepFreeze({
    apiVersion: API_VERSION,
    kind: SPARK_APPLICATION_KIND,
    metadata: { name, namespace, uid, generation: 1, creationTimestamp: '2026-01-01T00:00:00Z', ...metadata },
    spec: { ...pi, ...spec },
    ...(status === undefined ? {} : { status }),
  });
}

/** A valid schedule of the same application. */
export function aSchedule(spec: Partial<ScheduledSparkApplicationSpec> = {}): ScheduledSparkApplication {
  return deepFreeze({
    apiVersion: API_VERSION,
    kind: SCHEDULED_SPARK_APPLICATION_KIND,
    metadata: { name: 'hourly-pi', namespace: 'default', uid: '2c3d4e5f-1111-4222-8333-444455556666' },
    spec: { schedule: '@hourly', template: pi, ...spec },
  });
}

export interface PodDefaultsOptions {
  readonly name?: string;
  /** Unset: the operator's own, `spark-operator`. */
  readonly namespace?: string;
  readonly generation?: number;
}

/** SparkPodDefaults that say what is given and nothing else. */
export function somePodDefaults(spec: SparkPodDefaultsSpec, options: PodDefaultsOptions = {}): SparkPodDefaults {
  const { name = 'site', namespace = 'spark-operator', generation = 1 } = options;
  return deepFreeze({
    apiVersion: API_VERSION_ALPHA,
    kind: SPARK_POD_DEFAULTS_KIND,
    metadata: { name, namespace, uid: `uid-of-${namespace}-${name}`, generation },
    spec,
  });
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

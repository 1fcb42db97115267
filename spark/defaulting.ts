import type {
  ApplicationType,
  DeployMode,
  DriverSpec,
  DynamicAllocation,
  ExecutorSpec,
  RestartPolicy,
  SparkApplication,
  SparkApplicationSpec,
  SparkPodSpec,
} from '../api/sparkapplication.ts';

/** A specification in which everything that has a default is set. */
export interface DefaultedSpec extends SparkApplicationSpec {
  readonly type: ApplicationType;
  readonly mode: DeployMode;
  readonly driver: DriverSpec;
  readonly executor: ExecutorSpec;
  readonly restartPolicy: RestartPolicy & { readonly type: NonNullable<RestartPolicy['type']> };
}

export interface DefaultedSparkApplication extends SparkApplication {
  readonly spec: DefaultedSpec;
}

const DEFAULT_CORES = 1;
const DEFAULT_MEMORY = '1g';
const DEFAULT_RETRY_INTERVAL_SECONDS = 5;

/**
 * The application with kubeflow's defaults filled in: applied twice it changes nothing more. A field is left unset where
 * `sparkConf` has its key, because the field would win over the property (kubeflow's webhook, `SetSparkApplicationDefaults`).
 */
export function withDefaults(app: SparkApplication): DefaultedSparkApplication {
  return { ...app, spec: specWithDefaults(app.spec) };
}

/** The same for a specification alone, such as the template of a schedule. */
export function specWithDefaults(spec: SparkApplicationSpec): DefaultedSpec {
  return {
    ...spec,
    type: spec.type ?? typeOf(spec.mainApplicationFile),
    mode: spec.mode ?? 'cluster',
    driver: podWithDefaults(spec.driver ?? {}, 'driver', spec.sparkConf),
    executor: executorWithDefaults(spec),
    restartPolicy: restartPolicyWithDefaults(spec.restartPolicy ?? {}),
    ...(spec.dynamicAllocation === undefined ? {} : { dynamicAllocation: allocationWithDefaults(spec) }),
  };
}

/** Whether Spark starts and stops executors as the load asks: by the field or, where that is unset, by the property. */
export function hasDynamicAllocation({ dynamicAllocation, sparkConf }: SparkApplicationSpec): boolean {
  return dynamicAllocation?.enabled ?? sparkConf?.['spark.dynamicAllocation.enabled'] === 'true';
}

/** The language told by the end of the main file, as spark-submit tells it; Scala, kubeflow's default, for the rest. */
function typeOf(mainApplicationFile: string): ApplicationType {
  if (mainApplicationFile.endsWith('.py')) return 'Python';
  return mainApplicationFile.endsWith('.R') ? 'R' : 'Scala';
}

function podWithDefaults<Pod extends SparkPodSpec>(pod: Pod, role: 'driver' | 'executor', conf: SparkConf = {}): Pod {
  return {
    ...(conf[`spark.${role}.cores`] === undefined ? { cores: DEFAULT_CORES } : {}),
    ...(conf[`spark.${role}.memory`] === undefined ? { memory: DEFAULT_MEMORY } : {}),
    ...pod,
  };
}

function executorWithDefaults(spec: SparkApplicationSpec): ExecutorSpec {
  const executor = podWithDefaults(spec.executor ?? {}, 'executor', spec.sparkConf);
  const decidedElsewhere = hasDynamicAllocation(spec) || spec.sparkConf?.['spark.executor.instances'] !== undefined;
  return decidedElsewhere || executor.instances !== undefined ? executor : { ...executor, instances: 1 };
}

function restartPolicyWithDefaults(policy: RestartPolicy): DefaultedSpec['restartPolicy'] {
  const type = policy.type ?? 'Never';
  if (type === 'Never') return { ...policy, type };
  return {
    onFailureRetryInterval: DEFAULT_RETRY_INTERVAL_SECONDS,
    onSubmissionFailureRetryInterval: DEFAULT_RETRY_INTERVAL_SECONDS,
    ...policy,
    type,
  };
}

/** Without a shuffle service dynamic allocation works only with shuffle tracking, so it is on unless someone says no. */
function allocationWithDefaults({ dynamicAllocation = {}, sparkConf = {} }: SparkApplicationSpec): DynamicAllocation {
  const said = sparkConf['spark.dynamicAllocation.shuffleTracking.enabled'] !== undefined;
  return dynamicAllocation.enabled === true && !said
    ? { shuffleTrackingEnabled: true, ...dynamicAllocation }
    : dynamicAllocation;
}

type SparkConf = NonNullable<SparkApplicationSpec['sparkConf']>;

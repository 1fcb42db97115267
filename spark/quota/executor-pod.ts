import type { Container, Pod } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { mutatePod } from '../mutation/mutate-pod.ts';
import { EXECUTOR_CONTAINER, mapSparkContainer } from '../mutation/spark-container.ts';
import { executorMemoryMiB } from '../submission/executor-memory.ts';
import type { NativePlan } from '../submission/plan.ts';
import type { SparkConf } from '../submission/spark-conf.ts';
import { isOn, plannedConf, plannedText } from './plan-conf.ts';

/** An executor as far as quotas look: the planned template with what Spark lays over it, and then the fields of the application. */
export function plannedExecutor(plan: NativePlan, app: SparkApplication): Pod {
  // Our own text: the template was written as JSON by the plan.
  const template = JSON.parse(plannedText(plan, 'podspec-configmap-key') ?? '{}') as Pod;
  const containers = template.spec?.containers ?? [];
  const started = { ...template, spec: { ...template.spec, containers: orOne(containers) } };
  const resources = executorResources(plannedConf(plan), app);
  const built = mapSparkContainer(started, (container) => ({
    ...container,
    resources: {
      ...container.resources,
      requests: { ...container.resources?.requests, ...resources.requests },
      limits: { ...container.resources?.limits, ...resources.limits },
    },
  }));
  return mutatePod(built, 'executor', app);
}

const orOne = (containers: readonly Container[]): readonly Container[] =>
  containers.length > 0 ? containers : [{ name: EXECUTOR_CONTAINER }];

/** Requests and limits of Spark's container (BasicExecutorFeatureStep). */
function executorResources(conf: SparkConf, app: SparkApplication): NonNullable<Required<Container>['resources']> {
  const memory = `${executorMemoryMiB(conf, app)}Mi`;
  const limit = conf.get('spark.kubernetes.executor.limit.cores');
  const cpu = conf.get('spark.kubernetes.executor.request.cores') ?? conf.get('spark.executor.cores') ?? '1';
  return {
    requests: { cpu, memory },
    limits: { memory, ...(limit === undefined ? {} : { cpu: limit }), ...customResources(conf) },
  };
}

/** `spark.executor.resource.<name>.{amount,vendor}`. */
const customResources = (conf: SparkConf): Readonly<Record<string, string>> =>
  Object.fromEntries(
    conf.withPrefix('spark.executor.resource.').flatMap(([key, vendor]) => {
      const name = /^(.*)\.vendor$/.exec(key)?.[1];
      const amount = conf.get(`spark.executor.resource.${name ?? ''}.amount`);
      return name === undefined || amount === undefined ? [] : [[`${vendor}/${name}`, amount]];
    }),
  );

/** How many executors there are at the start, and at most; `most` is undefined when Spark sets no bound. */
export interface ExecutorCounts {
  readonly first: number;
  readonly most: number | undefined;
}

/** Spark's own number when nobody says one (SchedulerBackendUtils). */
const DEFAULT_INSTANCES = 2;

/** With dynamic allocation the largest of three properties counts at the start (Utils.getDynamicAllocationInitialExecutors). */
export function executorCounts(conf: SparkConf): ExecutorCounts {
  const count = (key: string): number | undefined => wholeNumber(conf.get(key));
  const instances = count('spark.executor.instances');
  if (!isOn(conf, 'spark.dynamicAllocation.enabled')) {
    const fixed = instances ?? DEFAULT_INSTANCES;
    return { first: fixed, most: fixed };
  }
  const initial = count('spark.dynamicAllocation.initialExecutors');
  const first = Math.max(count('spark.dynamicAllocation.minExecutors') ?? 0, initial ?? 0, instances ?? 0);
  return { first, most: count('spark.dynamicAllocation.maxExecutors') };
}

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\s*\+?\d+\s*$/.test(text) ? Number(text) : undefined;

import type { SparkApplication } from '../../api/sparkapplication.ts';
import { SPARK_CONF_DIRECTORY } from './spark-config-map.ts';

/** A variable with a plain value. */
export interface PlainEnv {
  readonly name: string;
  readonly value: string;
}

/**
 * Variables that Spark appends to an executor's container before `spark.executorEnv.*`, so that one of the same name in
 * the pod template would lose, and one in `spark.executorEnv.*` wins (BasicExecutorFeatureStep).
 */
const overwrittenBySpark: readonly string[] = [
  'SPARK_USER',
  'SPARK_DRIVER_URL',
  'SPARK_EXECUTOR_CORES',
  'SPARK_EXECUTOR_MEMORY',
  'SPARK_APPLICATION_ID',
  'SPARK_CONF_DIR',
  'SPARK_EXECUTOR_ID',
  'SPARK_RESOURCE_PROFILE_ID',
];

/** The executor's variables that must travel as `spark.executorEnv.<name>` to survive Spark (docs/mutations.md). */
export const executorEnvCarrier = ({ spec }: SparkApplication): PlainEnv[] => [
  ...(spec.executor?.env ?? []).flatMap(({ name, value, valueFrom }) =>
    valueFrom === undefined && overwrittenBySpark.includes(name) ? [{ name, value: value ?? '' }] : [],
  ),
  ...(spec.sparkConfigMap === undefined || spec.sparkConfigMap === ''
    ? []
    : [{ name: 'SPARK_CONF_DIR', value: SPARK_CONF_DIRECTORY }]),
];

/** Variables that Spark appends after everything else (BasicExecutorFeatureStep, LocalDirsFeatureStep). */
const appendedLast: readonly string[] = ['SPARK_EXECUTOR_POD_IP', 'SPARK_EXECUTOR_POD_NAME', 'SPARK_LOCAL_DIRS'];

/** The executor's variables for which there is no carrier: Spark's own value wins over them. */
export const setBySparkLast = ({ spec }: SparkApplication): string[] =>
  (spec.executor?.env ?? [])
    .filter(
      ({ name, valueFrom }) =>
        appendedLast.includes(name) || (valueFrom !== undefined && overwrittenBySpark.includes(name)),
    )
    .map(({ name }) => name);

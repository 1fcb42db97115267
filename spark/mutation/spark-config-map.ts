import type { EnvVar } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { withConfigMap } from './mount.ts';
import type { Mutator } from './mutator.ts';

/** Where the files of `sparkConfigMap` lie, kubeflow's path. */
export const SPARK_CONF_DIRECTORY = '/etc/spark/conf';

/** The variable that goes with {@link addSparkConfigMap}. */
export const sparkConfigMapEnv = ({ spec: { sparkConfigMap: name } }: SparkApplication): EnvVar[] =>
  name === undefined || name === '' ? [] : [{ name: 'SPARK_CONF_DIR', value: SPARK_CONF_DIRECTORY }];

/** `sparkConfigMap`: Spark's configuration files. The driver reads its properties from Spark's own ConfigMap all the same. */
export const addSparkConfigMap: Mutator = (pod, { app: { spec } }) =>
  spec.sparkConfigMap === undefined || spec.sparkConfigMap === ''
    ? pod
    : withConfigMap(pod, 'spark-configmap-volume', spec.sparkConfigMap, SPARK_CONF_DIRECTORY);

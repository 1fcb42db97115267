import type { EnvVar } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { withConfigMap } from './mount.ts';
import type { Mutator } from './mutator.ts';

const HADOOP_CONF_DIRECTORY = '/etc/hadoop/conf';

/** The variable that goes with {@link addHadoopConfigMap}. */
export const hadoopConfigMapEnv = ({ spec: { hadoopConfigMap: name } }: SparkApplication): EnvVar[] =>
  name === undefined || name === '' ? [] : [{ name: 'HADOOP_CONF_DIR', value: HADOOP_CONF_DIRECTORY }];

/** `hadoopConfigMap`: Hadoop's configuration files, below kubeflow's path. */
export const addHadoopConfigMap: Mutator = (pod, { app: { spec } }) =>
  spec.hadoopConfigMap === undefined || spec.hadoopConfigMap === ''
    ? pod
    : withConfigMap(pod, 'hadoop-configmap-volume', spec.hadoopConfigMap, HADOOP_CONF_DIRECTORY);

import { withEnv, withProperties, withVolume } from './driver-draft.ts';
import type { DriverStep } from './driver-draft.ts';

const HADOOP_CONF_DIRECTORY = '/opt/hadoop/conf';

/** An existing ConfigMap with Hadoop's configuration: `spark.kubernetes.hadoop.configMapName` (HadoopConfDriverFeatureStep). */
export const hadoopConfStep: DriverStep = (draft, { conf }) => {
  const name = conf.get('spark.kubernetes.hadoop.configMapName');
  if (name === undefined) return draft;
  return withProperties(
    withEnv(
      withVolume(draft, { name: 'hadoop-properties', configMap: { name } }, { mountPath: HADOOP_CONF_DIRECTORY }),
      [{ name: 'HADOOP_CONF_DIR', value: HADOOP_CONF_DIRECTORY }],
    ),
    { 'spark.kubernetes.executor.hadoopConfigMapName': name },
  );
};

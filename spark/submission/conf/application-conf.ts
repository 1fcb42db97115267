import type { SparkApplication } from '../../../api/sparkapplication.ts';
import type { ConfEntry } from '../spark-conf.ts';
import { given, givenEach, givenList } from './conf-entries.ts';

/** The fields of the application as a whole. `sparkConf` of the user may change them, as with kubeflow. */
export const applicationConf = ({ metadata, spec }: SparkApplication): ConfEntry[] => [
  ['spark.kubernetes.namespace', metadata.namespace],
  ...given('spark.kubernetes.container.image', spec.image),
  ...given('spark.kubernetes.container.image.pullPolicy', spec.imagePullPolicy),
  ...givenList('spark.kubernetes.container.image.pullSecrets', spec.imagePullSecrets),
  ...given('spark.kubernetes.pyspark.pythonVersion', spec.pythonVersion),
  ...given('spark.kubernetes.memoryOverheadFactor', spec.memoryOverheadFactor),
  ['spark.kubernetes.submission.waitAppCompletion', 'false'],
];

/** What the user wrote as properties: `sparkConf`, then `hadoopConf` below `spark.hadoop.`. */
export const userConf = ({ spec }: SparkApplication): ConfEntry[] => [
  ...givenEach('', spec.sparkConf),
  ...givenEach('spark.hadoop.', spec.hadoopConf),
];

/** Node labels that both roles need. */
export const nodeSelectorConf = ({ spec }: SparkApplication): ConfEntry[] =>
  givenEach('spark.kubernetes.node.selector.', spec.nodeSelector);

import type { SparkApplication } from '../../api/sparkapplication.ts';
import { setBySparkLast } from '../mutation/executor-env-carrier.ts';
import { javaBoolean } from './java-text.ts';
import type { SparkConf } from './spark-conf.ts';
import { sparkVersionOf } from './spark-version.ts';

interface Planned {
  readonly app: SparkApplication;
  readonly conf: SparkConf;
}

type Warning = (planned: Planned) => readonly string[];

const versionUnknown: Warning = ({ app: { spec } }) => {
  const { written, followed } = sparkVersionOf(spec);
  return written === undefined ? [`spec.sparkVersion is not set: the rules of Spark ${followed} are followed`] : [];
};

/** Spark sets the limit of executors to what they request. */
const executorMemoryLimitLost: Warning = ({ app: { spec } }) =>
  (spec.executor?.memoryLimit ?? '') === ''
    ? []
    : ['spec.executor.memoryLimit has no effect without the pod webhook: raise spec.executor.memoryOverhead instead'];

const executorLifecycleLost: Warning = ({ app: { spec }, conf }) =>
  spec.executor?.lifecycle !== undefined && javaBoolean(conf.get('spark.decommission.enabled') ?? '') === true
    ? [
        'spec.executor.lifecycle has no effect without the pod webhook: with spark.decommission.enabled Spark sets its own',
      ]
    : [];

const executorEnvLost: Warning = ({ app }) =>
  setBySparkLast(app).map(
    (name) => `spec.executor.env: ${name} has no effect without the pod webhook, for Spark sets it itself`,
  );

const keyNotSpark: Warning = ({ app: { spec } }) =>
  Object.keys(spec.sparkConf ?? {})
    .filter((key) => !key.startsWith('spark.'))
    .map((key) => `spec.sparkConf["${key}"] has no effect: Spark reads only keys that begin with spark.`);

const warnings: readonly Warning[] = [
  versionUnknown,
  executorMemoryLimitLost,
  executorLifecycleLost,
  executorEnvLost,
  keyNotSpark,
];

/** What the user wrote and the plan cannot do, for events and admission answers: nothing is ignored in silence. */
export const planWarnings = (planned: Planned): string[] => warnings.flatMap((warning) => warning(planned));

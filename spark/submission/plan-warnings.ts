import { javaMemoryToQuantity, memoryBytes } from '../../api/quantity.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { setBySparkLast } from '../mutation/executor-env-carrier.ts';
import { driverMemory } from './driver/memory.ts';
import { executorMemoryMiB } from './executor-memory.ts';
import { featuresOf } from './features.ts';
import { javaBoolean } from './java-text.ts';
import { languageOf } from './main-application.ts';
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

/** Below the request the API server would refuse the pod: the limit is raised to it. */
const memoryLimitRaised: Warning = ({ app, conf }) => {
  const version = featuresOf(sparkVersionOf(app.spec).followed);
  const totals = {
    driver: driverMemory({ conf, language: languageOf(app), features: version.features }).totalMiB,
    executor: executorMemoryMiB(conf, app),
  };
  return (['driver', 'executor'] as const).flatMap((role) => {
    const limit = app.spec[role]?.memoryLimit ?? '';
    const bytes = memoryBytes(javaMemoryToQuantity(limit) ?? limit) ?? Infinity;
    return bytes >= totals[role] * MEBIBYTE
      ? []
      : [
          `spec.${role}.memoryLimit ${limit} is below the ${totals[role]}Mi that Spark requests (memory and overhead): the limit is raised to that`,
        ];
  });
};

const MEBIBYTE = 2 ** 20;

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
  memoryLimitRaised,
  executorLifecycleLost,
  executorEnvLost,
  keyNotSpark,
];

/** What the user wrote and the plan cannot do, for events and admission answers: nothing is ignored in silence. */
export const planWarnings = (planned: Planned): string[] => warnings.flatMap((warning) => warning(planned));

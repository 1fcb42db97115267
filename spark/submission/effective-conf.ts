import type { SparkApplication } from '../../api/sparkapplication.ts';
import { applicationConf, nodeSelectorConf, userConf } from './conf/application-conf.ts';
import { dependencyConf } from './conf/dependency-conf.ts';
import { driverConf } from './conf/driver-conf.ts';
import { dynamicAllocationConf } from './conf/dynamic-allocation-conf.ts';
import { executorConf } from './conf/executor-conf.ts';
import { metricsConf } from './conf/monitoring-conf.ts';
import { languageOf } from './main-application.ts';
import { sparkConf } from './spark-conf.ts';
import type { ConfEntry, SparkConf } from './spark-conf.ts';

/** What the conf of an attempt depends on beside the application. */
export interface ConfInput {
  readonly app: SparkApplication;
  readonly submissionId: string;
  /** URL of the API server. */
  readonly masterUrl: string;
  /** Milliseconds since 1970. */
  readonly submitTime: number;
}

/**
 * The properties of one attempt before any pod is built. From weak to strong, as users of kubeflow have it: fields of the
 * whole application, `sparkConf`, `hadoopConf`, fields of driver and executor, dynamic allocation; and above all of them
 * what are flags on spark-submit's command line: the name, the dependencies, the master.
 */
export function effectiveConf(input: ConfInput): SparkConf {
  const { app, submissionId } = input;
  return submitted(
    sparkConf([
      ['spark.app.submitTime', String(input.submitTime)],
      ...applicationConf(app),
      ...metricsConf(app),
      ...userConf(app),
      ...driverConf(app, submissionId),
      ...executorConf(app, submissionId),
      ...nodeSelectorConf(app),
      ...dynamicAllocationConf(app),
      ...dependencyConf(app),
      ['spark.app.name', app.metadata.name],
      ['spark.master', `k8s://${input.masterUrl}`],
      ['spark.submit.deployMode', 'cluster'],
    ]),
    app,
  );
}

/** What spark-submit makes of the properties in cluster mode: empty list entries go, the main jar joins `spark.jars`, the driver's host is its own affair. */
function submitted(conf: SparkConf, app: SparkApplication): SparkConf {
  const mainJar = languageOf(app) === 'java' ? [app.spec.mainApplicationFile] : [];
  const lists: Readonly<Record<string, readonly string[]>> = {
    'spark.jars': [...resources(conf, 'spark.jars'), ...mainJar],
    'spark.files': resources(conf, 'spark.files'),
    'spark.archives': resources(conf, 'spark.archives'),
  };
  const kept = conf.entries().filter(([key]) => key !== 'spark.driver.host' && !(key in lists));
  return sparkConf([
    ...kept,
    ...Object.entries(lists)
      .filter(([, values]) => values.length > 0)
      .map(([key, values]): ConfEntry => [key, values.join(',')]),
    ['spark.submit.pyFiles', resources(conf, 'spark.submit.pyFiles').join(',')],
  ]);
}

/** The entries of a list of URIs. They are not trimmed: spark-submit does not either. */
export const resources = (conf: SparkConf, key: string): readonly string[] =>
  (conf.raw(key) ?? '').split(',').filter((uri) => uri.trim() !== '');

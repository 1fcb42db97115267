import type { StringMap } from '../../api/scalars.ts';
import type { SparkApplication, SparkApplicationSpec } from '../../api/sparkapplication.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { omit } from '../mutation/omit.ts';
import { effectiveConf } from '../submission/effective-conf.ts';
import type { ConfEntry, SparkConf } from '../submission/spark-conf.ts';
import { offeredConf, takeConf } from './conf-defaults.ts';
import type { FillReport } from './filled.ts';

/** An application with the properties of defaults filled in, and what gave way. */
export interface FilledConf extends FillReport {
  readonly app: SparkApplication;
  /** Which defaults gave a property, by its key. */
  readonly givenBy: StringMap;
}

/**
 * Fills `sparkConf` and `hadoopConf` of defaults into the `sparkConf` of an application, as the user wrote it. A property
 * that the application sets stays, whether by `sparkConf`, `hadoopConf` or a field that becomes it (`driver.memory`).
 */
export function fillConf(app: SparkApplication, defaults: readonly SparkPodDefaults[]): FilledConf {
  const offers = offeredConf(defaults);
  if (offers.length === 0) return { app, givenBy: {}, applied: {}, overridden: [] };
  const said = saidBy(app);
  const { given, ...report } = takeConf(offers, (key) => said.get(key), 'the application');
  return { app: Object.keys(given).length === 0 ? app : withProperties(app, given), ...report };
}

const withProperties = (app: SparkApplication, given: StringMap): SparkApplication => ({
  ...app,
  spec: { ...app.spec, sparkConf: { ...app.spec.sparkConf, ...given } },
});

/** Properties to which the operator adds something of its own whatever they say: the main jar, the exporter of metrics. */
const addedTo = [
  'spark.jars',
  'spark.submit.pyFiles',
  'spark.driver.extraJavaOptions',
  'spark.executor.extraJavaOptions',
];

/** The properties that an application comes to without any defaults. */
function saidBy(app: SparkApplication): ReadonlyMap<string, string> {
  const { mainApplicationFile } = app.spec;
  const conf = (spec: SparkApplicationSpec): SparkConf =>
    effectiveConf({ app: { ...app, spec }, submissionId: '', masterUrl: '', submitTime: 0 });
  const plain = conf(omit(app.spec, ['monitoring']));
  const own = addedTo.flatMap((key): ConfEntry[] => {
    const value = plain.raw(key) ?? '';
    return value === '' || (key === 'spark.jars' && value === mainApplicationFile) ? [] : [[key, value]];
  });
  return new Map([
    ...conf(app.spec)
      .entries()
      .filter(([key]) => !addedTo.includes(key)),
    ...own,
  ]);
}

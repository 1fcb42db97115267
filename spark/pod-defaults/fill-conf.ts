import type { StringMap } from '../../api/scalars.ts';
import type { SparkApplication, SparkApplicationSpec } from '../../api/sparkapplication.ts';
import type { SparkPodDefaults, SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { omit } from '../mutation/omit.ts';
import { effectiveConf } from '../submission/effective-conf.ts';
import type { ConfEntry, SparkConf } from '../submission/spark-conf.ts';
import { podDefaultsName, type FillReport, type Overridden } from './filled.ts';

/** An application with the properties of defaults filled in, and what gave way. */
export interface FilledConf extends FillReport {
  readonly app: SparkApplication;
  /** Which defaults gave a property, by its key. */
  readonly givenBy: StringMap;
}

/** One property of defaults. */
export interface ConfDefault {
  /** Field and key for people, such as `hadoopConf fs.s3a.endpoint`. */
  readonly text: string;
  /** As Spark reads it. */
  readonly key: string;
  readonly value: string;
}

/** The properties that defaults give, Hadoop's with Spark's prefix. */
export const confDefaults = ({ sparkConf = {}, hadoopConf = {} }: SparkPodDefaultsSpec): readonly ConfDefault[] => [
  ...Object.entries(sparkConf).map(([key, value]) => ({ text: `sparkConf ${key}`, key, value })),
  ...Object.entries(hadoopConf).map(([key, value]) => ({
    text: `hadoopConf ${key}`,
    key: `spark.hadoop.${key}`,
    value,
  })),
];

/**
 * Fills `sparkConf` and `hadoopConf` of defaults into the `sparkConf` of an application, as the user wrote it. A property
 * that the application sets stays, whether by `sparkConf`, `hadoopConf` or a field that becomes it (`driver.memory`).
 */
export function fillConf(app: SparkApplication, defaults: readonly SparkPodDefaults[]): FilledConf {
  const conf = saidBy(app);
  const given = new Map<string, string>();
  const givenBy = new Map<string, string>();
  const applied = new Map<string, number>();
  const overridden: Overridden[] = [];
  for (const object of defaults) {
    const name = podDefaultsName(object);
    for (const { text, key, value } of confDefaults(object.spec)) {
      const there = conf.get(key) ?? given.get(key);
      if (there === undefined) {
        given.set(key, value);
        givenBy.set(key, name);
        applied.set(name, (applied.get(name) ?? 0) + 1);
      } else if (there !== value) overridden.push({ defaults: name, entry: text, by: winner(givenBy.get(key)) });
    }
  }
  return {
    app: given.size === 0 ? app : withProperties(app, Object.fromEntries(given)),
    givenBy: Object.fromEntries(givenBy),
    applied: Object.fromEntries(applied),
    overridden,
  };
}

const winner = (giver: string | undefined): string =>
  giver === undefined ? 'the application' : `SparkPodDefaults ${giver}`;

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

import type { StringMap } from '../../api/scalars.ts';
import type { SparkPodDefaults, SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { podDefaultsName, type FillReport, type Overridden } from './filled.ts';

/** One property of defaults. */
export interface ConfDefault {
  /** Field and key for people, such as `hadoopConf fs.s3a.endpoint`. */
  readonly text: string;
  /** As Spark reads it. */
  readonly key: string;
  readonly value: string;
}

/** A property with the defaults that offer it, `<namespace>/<name>`. */
export interface OfferedConf extends ConfDefault {
  readonly defaults: string;
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

/** The properties of several defaults, in order of precedence. */
export const offeredConf = (defaults: readonly SparkPodDefaults[]): readonly OfferedConf[] =>
  defaults.flatMap((object) =>
    confDefaults(object.spec).map((entry) => ({ ...entry, defaults: podDefaultsName(object) })),
  );

/** Properties that were taken, and what gave way. */
export interface TakenConf extends FillReport {
  readonly given: StringMap;
  /** Which defaults gave a property, by its key. */
  readonly givenBy: StringMap;
}

/** Takes of each key the first offer, unless it is `said` already, `by` whomever. */
export function takeConf(
  offers: readonly OfferedConf[],
  said: (key: string) => string | undefined,
  by: string,
): TakenConf {
  const taken = new Map<string, OfferedConf>();
  const applied: Record<string, number> = {};
  const overridden: Overridden[] = [];
  for (const offer of offers) {
    const earlier = taken.get(offer.key);
    const there = said(offer.key) ?? earlier?.value;
    if (there === undefined) {
      taken.set(offer.key, offer);
      applied[offer.defaults] = (applied[offer.defaults] ?? 0) + 1;
    } else if (there !== offer.value) {
      const winner = earlier === undefined ? by : `SparkPodDefaults ${earlier.defaults}`;
      overridden.push({ defaults: offer.defaults, entry: offer.text, by: winner });
    }
  }
  return {
    given: Object.fromEntries([...taken].map(([key, { value }]) => [key, value])),
    givenBy: Object.fromEntries([...taken].map(([key, { defaults }]) => [key, defaults])),
    applied,
    overridden,
  };
}

import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';

/** An entry of some defaults that gave way, because the same was already set to something else. */
export interface Overridden {
  /** `<namespace>/<name>` of the SparkPodDefaults that gave way. */
  readonly defaults: string;
  /** What gave way, such as `driver volumeMount /data`. Never its value. */
  readonly entry: string;
  /** Who set it: `the application`, `the pod` or `SparkPodDefaults <namespace>/<name>`. */
  readonly by: string;
}

/** What came of filling defaults in. */
export interface FillReport {
  /** How many entries each of the defaults gave, by `<namespace>/<name>`. */
  readonly applied: Readonly<Record<string, number>>;
  readonly overridden: readonly Overridden[];
}

/** `<namespace>/<name>`. */
export const podDefaultsName = ({ metadata }: SparkPodDefaults): string => `${metadata.namespace}/${metadata.name}`;

/** Several reports as one: counts are added up. */
export const joinReports = (...reports: readonly FillReport[]): FillReport => ({
  applied: reports.reduce<Record<string, number>>(
    (sum, { applied }) => ({
      ...sum,
      ...Object.fromEntries(Object.entries(applied).map(([name, count]) => [name, (sum[name] ?? 0) + count])),
    }),
    {},
  ),
  overridden: reports.flatMap(({ overridden }) => overridden),
});

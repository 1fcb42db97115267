import type { ConfEntry } from '../spark-conf.ts';

/** The entry of a field that may be missing: nothing when it is unset or an empty text, as in kubeflow. */
export const given = (key: string, value: string | number | boolean | undefined): ConfEntry[] =>
  value === undefined || value === '' ? [] : [[key, String(value)]];

/** One entry for each pair of a map, the prefix before its key, sorted. */
export const givenEach = (prefix: string, values: Readonly<Record<string, string>> | undefined): ConfEntry[] =>
  Object.entries(values ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]): ConfEntry => [`${prefix}${key}`, value]);

/** The entry of a list, joined with commas; nothing when it is missing or empty. */
export const givenList = (key: string, values: readonly string[] | undefined): ConfEntry[] =>
  values === undefined || values.length === 0 ? [] : [[key, values.join(',')]];

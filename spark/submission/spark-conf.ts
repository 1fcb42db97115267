/** One Spark property: key and value. */
export type ConfEntry = readonly [key: string, value: string];

/** The properties of one submission. */
export interface SparkConf {
  /** The value as written. */
  readonly raw: (key: string) => string | undefined;
  /** The value with `${other.key}` filled in, as Spark reads its own entries. What does not resolve stays as written. */
  readonly get: (key: string) => string | undefined;
  /** All entries below a prefix, the prefix cut off, sorted by key, so that a plan is the same every time. */
  readonly withPrefix: (prefix: string) => readonly ConfEntry[];
  /** All entries, sorted by key. */
  readonly entries: () => readonly ConfEntry[];
}

/** Builds a conf; of two entries with one key the later wins. Keys that do not begin with `spark.` are dropped, as Spark does. */
export function sparkConf(given: Iterable<ConfEntry>): SparkConf {
  const values = new Map<string, string>();
  for (const [key, value] of given) if (key.startsWith('spark.')) values.set(key, value);
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    raw: (key) => values.get(key),
    get: (key) => {
      const text = values.get(key);
      return text === undefined ? undefined : substitute(text, values, [key]);
    },
    withPrefix: (prefix) =>
      sorted.filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(prefix.length), value]),
    entries: () => sorted,
  };
}

/** `${env:…}` and `${system:…}` never resolve here: the operator has no environment that an application may read. */
function substitute(text: string, values: ReadonlyMap<string, string>, path: readonly string[]): string {
  return text.replaceAll(/\$\{([^}]*)\}/g, (reference: string, key: string) => {
    const value = values.get(key);
    return value === undefined || path.includes(key) ? reference : substitute(value, values, [...path, key]);
  });
}

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
      return text === undefined ? undefined : substitute(text, { values, room: MAX_FILLED_IN }, [key]);
    },
    withPrefix: (prefix) =>
      sorted.filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(prefix.length), value]),
    entries: () => sorted,
  };
}

/** References multiply when they refer to references: what is filled into one value ends after so many characters. */
const MAX_FILLED_IN = 1_000_000;
/** And after so many steps from one to the next. */
const MAX_DEPTH = 50;

interface Filling {
  readonly values: ReadonlyMap<string, string>;
  /** Characters that may still be filled in. */
  room: number;
}

/** `${env:…}` and `${system:…}` never resolve here: the operator has no environment that an application may read. */
function substitute(text: string, filling: Filling, path: readonly string[]): string {
  return text.replaceAll(/\$\{([^{}]*)\}/g, (reference: string, key: string) => {
    const value = filling.values.get(key);
    if (value === undefined || path.includes(key) || path.length > MAX_DEPTH || value.length >= filling.room)
      return reference;
    filling.room -= value.length + 1;
    return substitute(value, filling, [...path, key]);
  });
}

/** Values of a chart: what its values.yaml has keys for, as far as they are set. */
export type Values = Readonly<Record<string, unknown>>;

export const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `over` laid over `base`, as Helm lays a values file over another: maps are merged, everything else is replaced, null removes. */
export function mergeValues(base: Values, over: Values): Values {
  const merged = Object.entries(over).map(([key, value]): readonly [string, unknown] => {
    const before = base[key];
    return [key, isValues(value) ? mergeValues(isValues(before) ? before : {}, value) : value];
  });
  return { ...base, ...Object.fromEntries(merged) };
}

/** The value at a path, undefined where there is none. */
export function valueAt(values: Values, ...path: readonly string[]): unknown {
  let at: unknown = values;
  for (const key of path) at = isValues(at) ? at[key] : undefined;
  return at;
}

/** The texts in the list at a path. */
export function textsAt(values: Values, ...path: readonly string[]): readonly string[] {
  const list = valueAt(values, ...path);
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}

/** The text at a path; undefined when there is none, or an empty one. */
export function textAt(values: Values, ...path: readonly string[]): string | undefined {
  const text = valueAt(values, ...path);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

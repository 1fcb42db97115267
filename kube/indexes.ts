import type { Key } from './key.ts';

/** Which index values an object has: none, one or several. */
export type IndexOf<P> = (projected: P) => string | readonly string[] | undefined;

/** Keys by index value. */
export interface Index<P> {
  enter(key: Key, projected: P): void;
  leave(key: Key, projected: P): void;
  keys(value: string): ReadonlySet<Key>;
}

const NO_KEYS: ReadonlySet<Key> = new Set();

/** An empty index. Values without keys take no room. */
export function createIndex<P>(valuesOf: IndexOf<P>): Index<P> {
  const table = new Map<string, Set<Key>>();
  return {
    enter: (key, projected) => {
      for (const value of listOf(valuesOf(projected))) {
        const keys = table.get(value);
        if (keys === undefined) table.set(value, new Set([key]));
        else keys.add(key);
      }
    },
    leave: (key, projected) => {
      for (const value of listOf(valuesOf(projected))) {
        const keys = table.get(value);
        if (keys?.delete(key) === true && keys.size === 0) table.delete(value);
      }
    },
    keys: (value) => table.get(value) ?? NO_KEYS,
  };
}

const NOTHING: readonly string[] = [];

const listOf = (values: string | readonly string[] | undefined): readonly string[] =>
  values === undefined ? NOTHING : typeof values === 'string' ? [values] : values;

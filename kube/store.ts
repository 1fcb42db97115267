import { createIndex, type Index, type IndexOf } from './indexes.ts';
import type { Key } from './key.ts';

/** What an informer knows, by key and by named index. Reading never waits and never asks the server. */
export interface Store<P, I extends string = string> {
  get(key: Key): P | undefined;
  /** The objects with this value in the index, in no particular order. */
  byIndex(index: I, value: string): readonly P[];
  /** The keys with this value in the index. */
  keysByIndex(index: I, value: string): readonly Key[];
  keys(): IterableIterator<Key>;
  values(): IterableIterator<P>;
  readonly size: number;
}

/** The writing side: only the informer has it. */
export interface WritableStore<P, I extends string = string> extends Store<P, I> {
  /** Returns what was there before. */
  set(key: Key, projected: P): P | undefined;
  /** Returns what was there. */
  remove(key: Key): P | undefined;
}

/** An empty store with these indexes. */
export function createStore<P, I extends string = never>(
  indexes?: Readonly<Record<I, IndexOf<P>>>,
): WritableStore<P, I> {
  const objects = new Map<Key, P>();
  const byName = new Map<string, Index<P>>();
  for (const [name, indexOf] of Object.entries<IndexOf<P>>(indexes ?? {})) byName.set(name, createIndex(indexOf));
  const leave = (key: Key, projected: P): void => {
    for (const index of byName.values()) index.leave(key, projected);
  };
  return {
    get: (key) => objects.get(key),
    byIndex: (index, value) => present(byName.get(index)?.keys(value) ?? [], objects),
    keysByIndex: (index, value) => [...(byName.get(index)?.keys(value) ?? [])],
    keys: () => objects.keys(),
    values: () => objects.values(),
    get size() {
      return objects.size;
    },
    set: (key, projected) => {
      const before = objects.get(key);
      if (before !== undefined) leave(key, before);
      objects.set(key, projected);
      for (const index of byName.values()) index.enter(key, projected);
      return before;
    },
    remove: (key) => {
      const before = objects.get(key);
      if (before === undefined) return undefined;
      leave(key, before);
      objects.delete(key);
      return before;
    },
  };
}

function present<P>(keys: Iterable<Key>, objects: ReadonlyMap<Key, P>): readonly P[] {
  const found: P[] = [];
  for (const key of keys) {
    const projected = objects.get(key);
    if (projected !== undefined) found.push(projected);
  }
  return found;
}

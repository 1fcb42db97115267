import type { IndexOf } from './indexes.ts';
import { type Identified, type Key, keyOfObject } from './key.ts';
import type { Logger } from './log.ts';
import type { Mirror } from './reflector.ts';
import { createStore, type Store, type WritableStore } from './store.ts';
import { isNewer } from './version.ts';

/** `before` is undefined for a new object, `after` for one that is gone. A listener may only say which key it wakes. */
export type Listener<P> = (key: Key, before: P | undefined, after: P | undefined) => void;

export interface CacheOptions<T, P, I extends string> {
  readonly project: (object: T) => P;
  readonly indexes?: Readonly<Record<I, IndexOf<P>>> | undefined;
  readonly same?: ((before: P, after: P) => boolean) | undefined;
}

/**
 * The state of an informer: fed by the watch (as its mirror) and by the answers of our own writes. Projects objects
 * into a store and tells changes. One object that cannot be projected, or one listener that throws, is logged and
 * passed over: it must not stop the others.
 */
export class Cache<T extends Identified, P, I extends string> implements Mirror<T> {
  readonly #options: CacheOptions<T, P, I>;
  readonly #log: Logger;
  readonly #tell: Listener<P>;
  readonly #store: WritableStore<P, I>;
  /** Objects known from our own writes, with the version that the watch has still to reach. */
  readonly #ahead = new Map<Key, string>();
  #reached = '';

  constructor(options: CacheOptions<T, P, I>, log: Logger, tell: Listener<P>) {
    this.#options = options;
    this.#log = log;
    this.#tell = tell;
    this.#store = createStore<P, I>(options.indexes);
  }

  get store(): Store<P, I> {
    return this.#store;
  }

  upsert(object: T): void {
    const key = keyOfObject(object);
    if (!this.#isOvertaken(key, object.metadata?.resourceVersion)) this.#set(key, object);
  }

  remove(object: T): void {
    const key = keyOfObject(object);
    if (!this.#isOvertaken(key, object.metadata?.resourceVersion)) this.#drop(key);
  }

  retain(keys: ReadonlySet<Key>, version: string): void {
    this.#reached = version;
    for (const key of [...this.#store.keys()]) {
      if (!keys.has(key) && !this.#isOvertaken(key, version)) this.#drop(key);
    }
  }

  reached(version: string): void {
    this.#reached = version;
  }

  /** Takes the answer of a write of ours, unless the watch has already come past it. */
  accept(object: T): void {
    const version = object.metadata?.resourceVersion;
    const key = keyOfObject(object);
    if (version === undefined || !isNewer(version, this.#reached) || this.#isOvertaken(key, version)) return;
    this.#ahead.set(key, version);
    this.#set(key, object);
  }

  /** True when we already hold something newer than this, from a write of ours. */
  #isOvertaken(key: Key, version: string | undefined): boolean {
    const known = this.#ahead.get(key);
    if (known === undefined) return false;
    if (isNewer(known, version)) return true;
    this.#ahead.delete(key);
    return false;
  }

  #set(key: Key, object: T): void {
    const { project, same } = this.#options;
    guarded(this.#log, key, () => {
      const after = project(object);
      const before = this.#store.set(key, after);
      if (before === undefined || same?.(before, after) !== true) this.#tell(key, before, after);
    });
  }

  #drop(key: Key): void {
    guarded(this.#log, key, () => {
      const before = this.#store.remove(key);
      if (before !== undefined) this.#tell(key, before, undefined);
    });
  }
}

/** Logs what `act` throws: one bad object or listener must not stop the others. */
export function guarded(log: Logger, key: Key, act: () => void): void {
  try {
    act();
  } catch (err) {
    log.error({ key, err }, 'Could not take in an object');
  }
}

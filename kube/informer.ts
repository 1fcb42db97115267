import type { KubeClient, Selection } from './client.ts';
import type { Clock } from './clock.ts';
import { Cache, guarded, type Listener } from './cache.ts';
import type { IndexOf } from './indexes.ts';
import type { Identified } from './key.ts';
import type { Logger } from './log.ts';
import { reflect } from './reflector.ts';
import type { ReflectorMeter } from './reflector-meter.ts';
import type { Resource } from './resources.ts';
import type { Store } from './store.ts';

export interface InformerOptions<T extends Identified, P, I extends string = never> {
  readonly client: KubeClient;
  readonly resource: Resource<T>;
  /** Evaluated by the API server: what is not selected never arrives. */
  readonly selection?: Selection | undefined;
  /** What is kept of an object. The rest is forgotten at once; never keep the object itself when little of it is read. */
  readonly project: (object: T) => P;
  readonly indexes?: Readonly<Record<I, IndexOf<P>>> | undefined;
  /** Changes for which this is true replace the stored value silently. Left out = every change is told. */
  readonly same?: ((before: P, after: P) => boolean) | undefined;
  readonly log: Logger;
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
  readonly meter?: ReflectorMeter | undefined;
  readonly idleTimeoutMs?: number | undefined;
  /** Hears of each list or watch that broke, in place of the log. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

export type { Listener } from './cache.ts';

/** A live, projected copy of a part of the API server. */
export interface Informer<T, P, I extends string = string> {
  readonly store: Store<P, I>;
  onChange(listener: Listener<P>): void;
  /** True once the first list is complete; stays true. */
  synced(): boolean;
  /** Resolves when the first list is complete, or when `stop` aborts. */
  whenSynced(stop?: AbortSignal): Promise<void>;
  /** Lists and watches until `stop` aborts; never rejects. */
  run(stop: AbortSignal): Promise<void>;
  /**
   * Takes the answer of our own write, so that the next look at the store sees it although the watch has not told it
   * yet. What the watch has already told, or has told to be gone, is not brought back.
   */
  accept(object: T): void;
}

/** Nothing happens before `run`. Listeners hear the first list, too: as new objects, before `synced()`. */
export function informer<T extends Identified, P, I extends string = never>(
  options: InformerOptions<T, P, I>,
): Informer<T, P, I> {
  const { client, resource, selection = {}, clock, random, meter, idleTimeoutMs, onFailure } = options;
  const log = options.log.child({ resource: resource.plural, ...selection });
  const listeners: Listener<P>[] = [];
  let synced = false;
  let announce = (): void => undefined;
  const firstList = new Promise<void>((resolve) => (announce = resolve));
  const state = new Cache(options, log, (key, before, after) => {
    for (const listener of listeners) guarded(log, key, () => listener(key, before, after));
  });
  const onListed = (): void => {
    synced = true;
    announce();
  };
  return {
    store: state.store,
    onChange: (listener) => void listeners.push(listener),
    synced: () => synced,
    whenSynced: (stop) => (stop === undefined ? firstList : Promise.race([firstList, aborted(stop)])),
    run: (stop) =>
      reflect(
        { client, resource, selection, mirror: state, onListed, onFailure, log, clock, random, meter, idleTimeoutMs },
        stop,
      ),
    accept: (object) => state.accept(object),
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

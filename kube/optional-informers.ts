import type { KubeClient } from './client.ts';
import type { Listener } from './informer.ts';
import { keyOfObject, type Identified, type Key } from './key.ts';
import type { Logger } from './log.ts';
import { optionalInformer } from './optional-informer.ts';
import type { ReflectorMeter } from './reflector-meter.ts';
import type { Resource } from './resources.ts';

/** An object that may be under deletion. */
interface Mortal extends Identified {
  readonly metadata?: Identified['metadata'] & { readonly deletionTimestamp?: string | undefined };
}

export interface OptionalInformersOptions<T extends Mortal> {
  readonly client: KubeClient;
  /** Each is watched by itself, as namespaced RBAC allows; empty = all namespaces with one watch. */
  readonly namespaces: readonly string[];
  readonly resource: Resource<T>;
  readonly project: (object: T) => T;
  readonly log: Logger;
  readonly meterOf: (resource: string) => ReflectorMeter;
  /** For the log: what is missing where it cannot be watched. */
  readonly without: string;
}

/** Objects of one kind in some namespaces, or in all, where they may not be there. Reading never waits. */
export interface OptionalInformers<T> {
  get(key: Key): T | undefined;
  /** Those that are not under deletion. The same list as long as nothing changes. */
  all(): readonly T[];
  /** Whether what is not there is known not to be. */
  listed(): boolean;
  onChange(listener: Listener<T>): void;
  /** Takes the answer of a write of ours. */
  accept(object: T): void;
  settled(): boolean;
  whenSettled(stop?: AbortSignal): Promise<void>;
  run(stop: AbortSignal): Promise<void>;
}

/** One optional informer for each namespace, seen as one. */
export function optionalInformers<T extends Mortal>(options: OptionalInformersOptions<T>): OptionalInformers<T> {
  const informers = selectionsOf(options.namespaces).map((selection) =>
    optionalInformer<T, T>({
      ...options,
      selection,
      same: (before, after) => before.metadata?.resourceVersion === after.metadata?.resourceVersion,
      meter: options.meterOf(options.resource.plural),
    }),
  );
  let known: readonly T[] | undefined;
  for (const one of informers) one.onChange(() => (known = undefined));
  const values = (): readonly T[] =>
    informers
      .flatMap(({ store }) => [...store.values()])
      .filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
  return {
    get: (key) => informers.map(({ store }) => store.get(key)).find((object) => object !== undefined),
    all: () => (known ??= values()),
    listed: () => informers.every((one) => one.listed()),
    onChange: (listener) => informers.forEach((one) => one.onChange(listener)),
    accept: (object) => informers.find(({ store }) => store.get(keyOfObject(object)) !== undefined)?.accept(object),
    settled: () => informers.every((one) => one.settled()),
    whenSettled: async (stop) => {
      await Promise.all(informers.map((one) => one.whenSettled(stop)));
    },
    run: async (stop) => {
      await Promise.all(informers.map((one) => one.run(stop)));
    },
  };
}

const selectionsOf = (namespaces: readonly string[]): readonly { readonly namespace?: string }[] =>
  namespaces.length === 0 ? [{}] : [...new Set(namespaces)].map((namespace) => ({ namespace }));

import { sleep, systemClock } from './clock.ts';
import { ApiError, isForbidden, isNotFound } from './errors.ts';
import { informer, type Informer, type InformerOptions } from './informer.ts';
import type { Identified } from './key.ts';

export interface OptionalInformerOptions<T extends Identified, P, I extends string = never> extends InformerOptions<
  T,
  P,
  I
> {
  /** For the log: what is missing meanwhile. */
  readonly without: string;
  /** How long to wait for an answer that is neither a list nor a refusal (default 30 s). */
  readonly patienceMs?: number;
}

/** An informer of something that may not be there: a CRD that is not installed, a right that was not given. */
export interface OptionalInformer<T, P, I extends string = string> extends Omit<
  Informer<T, P, I>,
  'synced' | 'whenSynced'
> {
  /** Whether the first list is complete: only then what is not in the store is known not to be there. */
  listed(): boolean;
  /** Whether the first list is complete, or was refused, or has been waited for long enough. */
  settled(): boolean;
  /** Resolves when it is settled, or when `stop` aborts. */
  whenSettled(stop?: AbortSignal): Promise<void>;
}

/**
 * Says once, as a warning, that it cannot watch and why, and goes on trying. Nobody has to wait for it: after a refusal
 * (403, 404) it is settled, with an empty store.
 */
export function optionalInformer<T extends Identified, P, I extends string = never>(
  options: OptionalInformerOptions<T, P, I>,
): OptionalInformer<T, P, I> {
  const { resource, selection = {}, clock = systemClock, patienceMs = 30_000, without } = options;
  const log = options.log.child({ resource: resource.plural, ...selection });
  const settling = latch();
  let told: string | undefined;
  const onFailure = (error: unknown): void => {
    const refused = isForbidden(error) || isNotFound(error);
    const reason = error instanceof ApiError ? error.reason : 'Error';
    // Once it has listed, a watch that ends early is daily life.
    if ((refused || !inner.synced()) && told !== reason) {
      log.warn({ reason, err: error, without }, 'Cannot watch, going on without and trying again');
      told = reason;
    }
    if (refused) settling.open();
  };
  const inner = informer<T, P, I>({ ...options, onFailure });
  void inner.whenSynced().then(() => {
    if (told !== undefined) log.info('Can watch now');
    told = undefined;
    settling.open();
  });
  return {
    store: inner.store,
    onChange: (listener) => inner.onChange(listener),
    accept: (object) => inner.accept(object),
    listed: () => inner.synced(),
    settled: () => settling.isOpen(),
    whenSettled: (stop) => settling.opened(stop),
    run: async (stop) => {
      void sleep(clock, patienceMs, stop).then(() => settling.open());
      await inner.run(stop);
    },
  };
}

interface Latch {
  open(): void;
  isOpen(): boolean;
  opened(stop?: AbortSignal): Promise<void>;
}

function latch(): Latch {
  const controller = new AbortController();
  const whenAborted = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  return {
    open: () => controller.abort(),
    isOpen: () => controller.signal.aborted,
    opened: (stop) => whenAborted(stop === undefined ? controller.signal : AbortSignal.any([controller.signal, stop])),
  };
}

import { type Backoff, backoffMs } from './backoff.ts';
import { type Clock, LONGEST_TIMER_MS, systemClock } from './clock.ts';
import { delays } from './delays.ts';
import { fairQueue } from './fair-queue.ts';
import type { Key } from './key.ts';
import type { QueueMeter } from './queue-meter.ts';

/** `low` keys wait until no normal key does: for the flood of a first list. */
export type Priority = 'normal' | 'low';

export interface WorkQueueOptions {
  readonly clock?: Clock | undefined;
  /** Of `addRateLimited` (default 50 ms doubling to 30 s). */
  readonly backoff?: Backoff | undefined;
  readonly meter?: QueueMeter | undefined;
}

const BACKOFF: Backoff = { baseMs: 50, maxMs: 30_000 };

/**
 * Keys to look at. A key lies in it once, however often it is added; it is never handed out again before `done`; what
 * is added meanwhile comes back after `done`. Namespaces take turns.
 */
export class WorkQueue {
  readonly #clock: Clock;
  readonly #backoff: Backoff;
  readonly #meter: QueueMeter | undefined;
  readonly #lines = { normal: fairQueue(), low: fairQueue() };
  /** Keys to be handed out, with the time they were added; a key that is being worked on may be here, too. */
  readonly #wanted = new Map<Key, { readonly since: number; priority: Priority }>();
  readonly #working = new Set<Key>();
  readonly #failures = new Map<Key, number>();
  readonly #delays = delays();
  readonly #takers = new Set<(key: Key | undefined) => void>();
  #closed = false;
  #timer: { readonly due: number; readonly cancel: () => void } | undefined;

  constructor({ clock = systemClock, backoff = BACKOFF, meter }: WorkQueueOptions = {}) {
    this.#clock = clock;
    this.#backoff = backoff;
    this.#meter = meter;
    meter?.watchDepth(() => this.depth);
  }

  /** How many keys wait to be handed out, delayed ones not counted. */
  get depth(): number {
    return this.#wanted.size;
  }

  /** How many keys wait for a time. */
  get delayed(): number {
    return this.#delays.size;
  }

  /** Hands the key out as soon as its turn comes. Adding a `low` key as `normal` moves it ahead. */
  add(key: Key, priority: Priority = 'normal'): void {
    const known = this.#wanted.get(key);
    if (known !== undefined && (known.priority === 'normal' || priority === 'low')) return;
    if (known === undefined) this.#wanted.set(key, { since: this.#clock.monotonic(), priority });
    else known.priority = 'normal';
    if (this.#working.has(key)) return;
    this.#lines[priority].push(key);
    this.#serve();
  }

  /** Adds the key after `ms`. Of several delays of one key the shortest counts. */
  addAfter(key: Key, ms: number): void {
    if (ms <= 0) {
      this.add(key);
      return;
    }
    this.#delays.set(key, this.#clock.monotonic() + ms);
    this.#arm();
  }

  /** Adds the key after a wait that doubles with each call until `forget`. Returns the wait in milliseconds. */
  addRateLimited(key: Key): number {
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, failures);
    const waitMs = backoffMs(this.#backoff, failures);
    this.#meter?.retried();
    this.addAfter(key, waitMs);
    return waitMs;
  }

  /** The next failure of this key starts from the shortest wait again. */
  forget(key: Key): void {
    this.#failures.delete(key);
  }

  /** The next key, as soon as there is one; undefined when `stop` aborts. Each key taken must be given back with `done`. */
  take(stop: AbortSignal): Promise<Key | undefined> {
    if (stop.aborted) return Promise.resolve(undefined);
    const key = this.#next();
    if (key !== undefined) return Promise.resolve(key);
    return new Promise((resolve) => {
      const give = (taken: Key | undefined): void => {
        this.#takers.delete(give);
        stop.removeEventListener('abort', onStop);
        resolve(taken);
      };
      const onStop = (): void => give(undefined);
      this.#takers.add(give);
      stop.addEventListener('abort', onStop, { once: true });
    });
  }

  /** The work on this key has ended; it may be handed out again. */
  done(key: Key): void {
    if (!this.#working.delete(key)) return;
    const wanted = this.#wanted.get(key);
    if (wanted === undefined) return;
    this.#lines[wanted.priority].push(key);
    this.#serve();
  }

  /** Forgets what waits for a time: else a timer of hours would keep the process alive after its work has ended. */
  close(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#closed = true;
  }

  #next(): Key | undefined {
    const { normal, low } = this.#lines;
    for (let key = normal.shift() ?? low.shift(); key !== undefined; key = normal.shift() ?? low.shift()) {
      const wanted = this.#wanted.get(key);
      // A low key that was moved ahead lies in both lines: the second time it is no longer wanted, or already worked on.
      if (wanted === undefined || this.#working.has(key)) continue;
      this.#wanted.delete(key);
      this.#working.add(key);
      this.#meter?.waited(this.#clock.monotonic() - wanted.since);
      return key;
    }
    return undefined;
  }

  #serve(): void {
    for (const give of this.#takers) {
      const key = this.#next();
      if (key === undefined) return;
      give(key);
    }
  }

  /** One timer for all delays, set for the earliest. */
  #arm(): void {
    const due = this.#delays.next();
    if (this.#closed || due === undefined || (this.#timer !== undefined && this.#timer.due <= due)) return;
    this.#timer?.cancel();
    const waitMs = Math.min(LONGEST_TIMER_MS, Math.max(0, due - this.#clock.monotonic()));
    this.#timer = { due, cancel: this.#clock.after(waitMs, () => this.#wake()) };
  }

  #wake(): void {
    this.#timer = undefined;
    const now = this.#clock.monotonic();
    for (let key = this.#delays.takeDue(now); key !== undefined; key = this.#delays.takeDue(now)) this.add(key);
    this.#arm();
  }
}

import { backoffMs, jittered } from './backoff.ts';
import type { KubeClient, Selection } from './client.ts';
import { type Clock, sleep, systemClock } from './clock.ts';
import { ApiError, isGone, isInvalid } from './errors.ts';
import { type Identified, type Key, keyOfObject } from './key.ts';
import type { Logger } from './log.ts';
import type { ReflectorMeter } from './reflector-meter.ts';
import type { Resource } from './resources.ts';

/** Takes what the API server knows, in order. */
export interface Mirror<T> {
  upsert(object: T): void;
  remove(object: T): void;
  /** A list is complete, as of `resourceVersion`: whatever has another key is gone. */
  retain(keys: ReadonlySet<Key>, resourceVersion: string): void;
  /** Everything up to this version has been told. */
  reached(resourceVersion: string): void;
}

export interface ReflectorOptions<T extends Identified> {
  readonly client: KubeClient;
  readonly resource: Resource<T>;
  readonly selection: Selection;
  readonly mirror: Mirror<T>;
  /** A list is complete and in the mirror. */
  readonly onListed?: (() => void) | undefined;
  /** Hears of each list or watch that broke, in place of the log. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
  readonly log: Logger;
  readonly clock?: Clock | undefined;
  /** 0 ≤ x < 1, for jitter. */
  readonly random?: (() => number) | undefined;
  readonly meter?: ReflectorMeter | undefined;
  /** Reconnect when a watch brings no byte, not even a bookmark, for so long (default 75 s; bookmarks come each 60 s). */
  readonly idleTimeoutMs?: number | undefined;
}

/** Ten seconds at most: after an outage all is known again soon. */
const BACKOFF = { baseMs: 200, maxMs: 10_000 };
/** The server ends a watch after 290 to 350 s; spread, so that all watches of a fleet do not return together. */
const WATCH_SECONDS = 290;
const WATCH_SPREAD_SECONDS = 60;
/** A watch that lived so long was a good one: the next failure waits the shortest time again. */
const HEALTHY_MS = 5_000;

interface Progress {
  /** Where to continue; undefined = list first. */
  version: string | undefined;
  failures: number;
}

/**
 * Keeps a mirror equal to the API server: lists (in pages, the newest state), watches from there, continues where a
 * watch ended, lists again when the server has forgotten that place (410). Waits longer after each failure, never
 * gives up, and resolves only when `stop` aborts.
 */
export async function reflect<T extends Identified>(options: ReflectorOptions<T>, stop: AbortSignal): Promise<void> {
  const { clock = systemClock, random = Math.random } = options;
  const progress: Progress = { version: undefined, failures: 0 };
  while (!isAborted(stop)) {
    const startedAt = clock.monotonic();
    try {
      progress.version ??= await list(options, stop);
      await watch(options, progress, stop);
      // A server that ends each watch at once must not be asked in a tight loop.
      if (clock.monotonic() - startedAt < 1_000) progress.failures += 1;
    } catch (error) {
      if (isAborted(stop)) return;
      if (clock.monotonic() - startedAt > HEALTHY_MS) progress.failures = 0;
      report(options, progress, error);
    }
    if (progress.failures > 0) await sleep(clock, jittered(backoffMs(BACKOFF, progress.failures), random()), stop);
  }
}

// A function, because the compiler believes that `aborted` does not change during an await.
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

function report<T extends Identified>(
  { log, meter, onFailure }: ReflectorOptions<T>,
  progress: Progress,
  error: unknown,
): void {
  progress.failures += 1;
  // The server does not know, or does not understand, the place to continue from.
  if (isGone(error) || isInvalid(error)) {
    progress.version = undefined;
    // The first time is daily life: list again without a wait.
    if (progress.failures === 1) progress.failures = 0;
  }
  const reason = error instanceof ApiError ? error.reason : 'Error';
  meter?.broken(reason);
  const fields = { reason, failures: progress.failures, err: error };
  if (onFailure !== undefined) onFailure(error);
  else if (progress.failures > 1) log.warn(fields, 'Watching failed, trying again');
  else log.debug(fields, 'Watch ended early, reconnecting');
}

async function list<T extends Identified>(options: ReflectorOptions<T>, stop: AbortSignal): Promise<string> {
  const { client, resource, selection, mirror, meter, onListed } = options;
  const keys = new Set<Key>();
  let version = '';
  for await (const page of client.pages(resource, { ...selection, signal: stop })) {
    for (const object of page.items) {
      keys.add(keyOfObject(object));
      mirror.upsert(object);
    }
    version = page.resourceVersion;
  }
  mirror.retain(keys, version);
  meter?.listed();
  onListed?.();
  return version;
}

async function watch<T extends Identified>(
  { client, resource, selection, mirror, meter, idleTimeoutMs, random = Math.random }: ReflectorOptions<T>,
  progress: Progress,
  stop: AbortSignal,
): Promise<void> {
  const timeoutSeconds = Math.round(WATCH_SECONDS + WATCH_SPREAD_SECONDS * random());
  const options = { ...selection, resourceVersion: progress.version, timeoutSeconds, idleTimeoutMs, signal: stop };
  await client.watch(resource, options, ({ type, object }) => {
    progress.failures = 0;
    const version = object.metadata?.resourceVersion;
    if (type === 'DELETED') mirror.remove(object);
    else if (type !== 'BOOKMARK') mirror.upsert(object);
    if (version !== undefined) {
      progress.version = version;
      mirror.reached(version);
    }
    meter?.event(type);
  });
}

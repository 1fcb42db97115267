import { type Clock, sleep, systemClock } from './clock.ts';
import type { LeaderElection } from './lease.ts';
import type { Logger } from './log.ts';

/** What lists and watches: an informer. */
export interface Watching {
  run(stop: AbortSignal): Promise<void>;
  whenSynced(stop?: AbortSignal): Promise<void>;
}

export interface ProgramOptions {
  readonly log: Logger;
  readonly informers: readonly Watching[];
  /** The workers: started when all informers are synced and, with an election, this replica leads. Ends when its signal aborts. */
  readonly work: (stop: AbortSignal) => Promise<void>;
  readonly election?: LeaderElection | undefined;
  /** Run one after the other at the end: flush events, close servers and the transport. */
  readonly cleanup?: readonly (() => Promise<void>)[] | undefined;
  /** Each part of the way down gets so long (default 10 s). */
  readonly stopWithinMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * The life of a program: informers, then sync, then leadership, then workers; on `stop` the same way back: workers
 * end their passes, the lease is released, informers stop, clean-up. Resolves with the exit code: 0 stopped in order,
 * 1 leadership lost or a worker failed (start again).
 */
export async function runProgram(options: ProgramOptions, stop: AbortSignal): Promise<number> {
  const { log, informers, cleanup = [], clock = systemClock, stopWithinMs = 10_000 } = options;
  const watching = new AbortController();
  const watches = Promise.all(informers.map((informer) => informer.run(watching.signal)));
  const code = await workUntil(options, stop);
  watching.abort(new Error('Stopped'));
  await within(clock, stopWithinMs, watches);
  for (const step of cleanup) {
    const failed = await within(clock, stopWithinMs, step());
    if (failed !== undefined) log.warn({ err: failed }, 'Could not clean up in order');
  }
  log.info({ code }, 'Stopped');
  return code;
}

async function workUntil(
  { log, informers, work, election, ...rest }: ProgramOptions,
  stop: AbortSignal,
): Promise<number> {
  const { clock = systemClock, stopWithinMs = 10_000 } = rest;
  await Promise.all(informers.map((informer) => informer.whenSynced(stop)));
  if (stop.aborted) return 0;
  log.info('Caches are synced');
  const bounded = (held: AbortSignal): Promise<void> => endsSoonAfter(work(held), held, clock, stopWithinMs);
  try {
    if (election === undefined) await bounded(stop);
    else if ((await election.run(bounded, stop)) === 'lost') return 1;
    return 0;
  } catch (err) {
    log.error({ err }, 'Work failed');
    return 1;
  }
}

/** Resolves when `work` ends, or `graceMs` after `signal` aborted: a pass that hangs must not hold up the end. */
function endsSoonAfter(work: Promise<void>, signal: AbortSignal, clock: Clock, graceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = new AbortController();
    const giveUp = (): void => {
      void sleep(clock, graceMs, ended.signal).then(resolve);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    void work.then(resolve, reject).finally(() => ended.abort());
  });
}

/** Waits at most `ms`. Returns what went wrong, if anything did. */
async function within(clock: Clock, ms: number, doing: Promise<unknown>): Promise<unknown> {
  const late = new AbortController();
  const failed = await Promise.race([
    doing.then(
      () => undefined,
      (error: unknown) => error,
    ),
    sleep(clock, ms, late.signal).then(() => new Error(`Not done within ${ms} ms`)),
  ]);
  late.abort();
  return failed;
}

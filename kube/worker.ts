import { type Clock, systemClock } from './clock.ts';
import { isConflict, TerminalError } from './errors.ts';
import { type Key, refOf } from './key.ts';
import type { Logger } from './log.ts';
import type { QueueMeter } from './queue-meter.ts';
import type { Reconcile } from './reconcile.ts';
import type { WorkQueue } from './workqueue.ts';

export interface WorkerOptions {
  readonly queue: WorkQueue;
  readonly reconcile: Reconcile;
  readonly log: Logger;
  /** How many keys are worked on at once. */
  readonly count: number;
  readonly clock?: Clock | undefined;
  readonly meter?: QueueMeter | undefined;
}

/**
 * Works until `stop` aborts, and resolves when the passes under way have ended; then the queue is closed. The queue never
 * hands out one key twice at once, so passes over one key never overlap.
 */
export async function runWorkers(options: WorkerOptions, stop: AbortSignal): Promise<void> {
  await Promise.all(Array.from({ length: options.count }, () => work(options, stop)));
  options.queue.close();
}

async function work(options: WorkerOptions, stop: AbortSignal): Promise<void> {
  const { queue, meter, clock = systemClock } = options;
  for (let key = await queue.take(stop); key !== undefined; key = await queue.take(stop)) {
    const startedAt = clock.monotonic();
    await pass(options, key, stop);
    queue.done(key);
    meter?.worked(clock.monotonic() - startedAt);
  }
}

/** The whole retry policy. */
async function pass({ queue, reconcile, log }: WorkerOptions, key: Key, stop: AbortSignal): Promise<void> {
  const keyLog = log.child(refOf(key));
  try {
    const { requeueAfterMs } = await reconcile(key, keyLog, stop);
    queue.forget(key);
    if (requeueAfterMs !== undefined) queue.addAfter(key, requeueAfterMs);
  } catch (error) {
    if (stop.aborted) return;
    if (error instanceof TerminalError) {
      keyLog.error({ err: error }, 'Could not reconcile and will not try again before a change');
      queue.forget(key);
      return;
    }
    const retryInMs = queue.addRateLimited(key);
    // Losing against another writer is daily life, not an error: the next pass sees what it wrote.
    if (isConflict(error)) keyLog.debug({ retryInMs }, 'Met a conflict');
    else keyLog.error({ err: error, retryInMs }, 'Could not reconcile');
  }
}

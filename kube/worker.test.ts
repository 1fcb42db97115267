import { describe, expect, it } from '@jest/globals';
import { ApiError, TerminalError } from './errors.ts';
import { createLogger, silentLogger } from './log.ts';
import { manualClock } from './manual-clock.ts';
import { done, type Reconcile } from './reconcile.ts';
import { runWorkers } from './worker.ts';
import { WorkQueue } from './workqueue.ts';

interface Case {
  readonly given: Reconcile;
  /** Milliseconds after which the key comes back; undefined = not. */
  readonly want: { readonly backAfterMs: number | undefined; readonly level: string | undefined };
}

const conflict = new ApiError({ status: 409, reason: 'Conflict', message: 'the object has been modified' });

const cases: Record<string, Case> = {
  'a pass that is done does not come back': {
    given: async () => done,
    want: { backAfterMs: undefined, level: undefined },
  },
  'a pass may ask to come back': {
    given: async () => ({ requeueAfterMs: 700 }),
    want: { backAfterMs: 700, level: undefined },
  },
  'a pass that throws comes back with back-off': {
    given: async () => {
      throw new Error('broken');
    },
    want: { backAfterMs: 50, level: 'error' },
  },
  'a conflict comes back without an error in the log': {
    given: async () => {
      throw conflict;
    },
    want: { backAfterMs: 50, level: 'debug' },
  },
  'a terminal error does not come back': {
    given: async () => {
      throw new TerminalError('never');
    },
    want: { backAfterMs: undefined, level: 'error' },
  },
};

describe('a worker', () => {
  it.each(Object.entries(cases))('%s', async (_name, { given, want }) => {
    const clock = manualClock();
    const queue = new WorkQueue({ clock });
    const lines: string[] = [];
    const log = createLogger({ level: 'debug', write: (line) => lines.push(line) });
    const stop = new AbortController();
    const passed = new Promise<void>((resolve) => {
      const meter = {
        watchDepth: () => undefined,
        waited: () => undefined,
        retried: () => undefined,
        worked: () => resolve(),
      };
      void runWorkers({ queue, reconcile: given, log, count: 1, clock, meter }, stop.signal);
    });
    queue.add('team/pi');
    await passed;
    if (want.backAfterMs === undefined) {
      expect(queue.delayed).toBe(0);
    } else {
      clock.advance(want.backAfterMs - 1);
      expect(queue.delayed).toBe(1);
    }
    stop.abort();
    const logged = lines.map((line) => JSON.parse(line) as object);
    if (want.level === undefined) expect(logged).toEqual([]);
    else expect(logged).toEqual([expect.objectContaining({ level: want.level, namespace: 'team', name: 'pi' })]);
  });

  it('works on as many keys at once as told, each by one worker', async () => {
    const queue = new WorkQueue();
    const stop = new AbortController();
    let running = 0;
    let most = 0;
    let passes = 0;
    const reconcile: Reconcile = async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      passes += 1;
      if (passes === 20) stop.abort();
      return done;
    };
    for (let count = 0; count < 20; count++) queue.add(`a/${count}`);
    await runWorkers({ queue, reconcile, log: silentLogger(), count: 4 }, stop.signal);
    expect({ most, passes }).toEqual({ most: 4, passes: 20 });
  });

  it('ends only after the passes under way', async () => {
    const queue = new WorkQueue();
    const stop = new AbortController();
    let hasEnded = false;
    const reconcile: Reconcile = async () => {
      stop.abort();
      await new Promise((resolve) => setImmediate(resolve));
      hasEnded = true;
      return done;
    };
    queue.add('a/1');
    await runWorkers({ queue, reconcile, log: silentLogger(), count: 2 }, stop.signal);
    expect(hasEnded).toBe(true);
  });
});

import type { Clock } from './clock.ts';

/** A clock that moves only when told to: for tests of everything that waits. */
export interface ManualClock extends Clock {
  /** Moves time forward and fires what became due, in order of time. */
  advance(ms: number): void;
  /** How many timers are armed. */
  readonly armed: number;
}

interface Timer {
  readonly due: number;
  readonly call: () => void;
}

/** Starts at `start` (epoch milliseconds). */
export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let elapsed = 0;
  const timers = new Set<Timer>();

  const firstDue = (limit: number): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) if (timer.due <= limit && (first === undefined || timer.due < first.due)) first = timer;
    return first;
  };

  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    after: (ms, call) => {
      const timer = { due: elapsed + Math.max(0, ms), call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance: (ms) => {
      const until = elapsed + ms;
      for (let timer = firstDue(until); timer !== undefined; timer = firstDue(until)) {
        timers.delete(timer);
        elapsed = Math.max(elapsed, timer.due);
        timer.call();
      }
      elapsed = until;
    },
    get armed() {
      return timers.size;
    },
  };
}

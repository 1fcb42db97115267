export interface Backoff {
  /** The first wait. */
  readonly baseMs: number;
  /** No wait is longer. */
  readonly maxMs: number;
}

/** The wait after `failures` failures in a row (from 1): doubled each time, bounded. */
export const backoffMs = ({ baseMs, maxMs }: Backoff, failures: number): number =>
  Math.min(maxMs, baseMs * 2 ** Math.min(Math.max(failures - 1, 0), 30));

/** Between half of the wait and all of it, so that many clients do not come back together. `random`: 0 ≤ x < 1. */
export const jittered = (ms: number, random: number): number => ms * (0.5 + random / 2);

/** The four figures that a latency row shows, in milliseconds, rounded to 0.1. */
export interface Percentiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** Nearest-rank percentile of an ascending list; NaN when it is empty. */
const rank = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** Percentiles by nearest rank: each figure is a value that was measured, none is interpolated. */
export function percentiles(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    p50: rounded(rank(sorted, 0.5)),
    p90: rounded(rank(sorted, 0.9)),
    p99: rounded(rank(sorted, 0.99)),
    max: rounded(rank(sorted, 1)),
  };
}

/** One histogram of a Prometheus text, over all series that match. */
export interface Histogram {
  /** Upper bound (seconds, `Infinity` last) → observations up to it. */
  readonly buckets: ReadonlyMap<number, number>;
  readonly count: number;
  /** Seconds. */
  readonly sum: number;
}

/** Reads the series of a histogram whose labels have these values. */
export function parseHistogram(text: string, name: string, labels: Readonly<Record<string, string>>): Histogram {
  const wanted = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  const samples = text.split('\n').flatMap((line) => {
    const [, series = '', own = '', value = ''] = /^([a-z_]+)\{([^}]*)\} (\S+)$/.exec(line) ?? [];
    const of = own.split(',');
    return wanted.every((label) => of.includes(label)) ? [{ series, own, value: Number(value) }] : [];
  });
  const total = (series: string): number =>
    samples.filter((sample) => sample.series === series).reduce((sum, { value }) => sum + value, 0);
  const buckets = new Map<number, number>();
  for (const { own, value } of samples.filter(({ series }) => series === `${name}_bucket`)) {
    const le = boundOf(own);
    buckets.set(le, (buckets.get(le) ?? 0) + value);
  }
  return { buckets, count: total(`${name}_count`), sum: total(`${name}_sum`) };
}

function boundOf(labels: string): number {
  const bound = /le="([^"]+)"/.exec(labels)?.[1] ?? '+Inf';
  return bound === '+Inf' ? Number.POSITIVE_INFINITY : Number(bound);
}

/** What was observed between two readings. */
export const since = (before: Histogram, after: Histogram): Histogram => ({
  buckets: new Map([...after.buckets].map(([le, n]) => [le, n - (before.buckets.get(le) ?? 0)])),
  count: after.count - before.count,
  sum: after.sum - before.sum,
});

/**
 * A quantile in seconds as Prometheus' `histogram_quantile` gives it: interpolated inside its bucket. The bound below
 * the last bucket for what is beyond all bounds; NaN without observations.
 */
export function quantile({ buckets, count }: Histogram, share: number): number {
  const rank = share * count;
  let [lower, below] = [0, 0];
  for (const [le, upTo] of [...buckets].toSorted(([a], [b]) => a - b)) {
    if (upTo >= rank && upTo > below) {
      return Number.isFinite(le) ? lower + ((le - lower) * (rank - below)) / (upTo - below) : lower;
    }
    [lower, below] = [Number.isFinite(le) ? le : lower, upTo];
  }
  return Number.NaN;
}

/** Mean in seconds; NaN without observations. */
export const mean = ({ sum, count }: Histogram): number => sum / count;

import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export type { Counter, Gauge, Histogram } from 'prom-client';

/** What a metric is called and how it is divided. The prefix of the registry is put before `name`. */
export interface MetricOptions<L extends string> {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly L[];
}

/** Buckets in the unit of the metric (seconds, for durations). */
export interface HistogramOptions<L extends string> extends MetricOptions<L> {
  readonly buckets?: readonly number[];
}

/** One value of a gauge that is read at scrape time. */
export interface Reading<L extends string> {
  readonly labels: Partial<Record<L, string>>;
  readonly value: number;
}

/** A gauge may be read at scrape time instead of being set; then its old values are dropped first. */
export interface GaugeOptions<L extends string> extends MetricOptions<L> {
  readonly readAll?: () => readonly Reading<L>[];
}

/** The metrics of one program, in one registry of its own. */
export interface Metrics {
  counter<L extends string = never>(options: MetricOptions<L>): Counter<L>;
  gauge<L extends string = never>(options: GaugeOptions<L>): Gauge<L>;
  histogram<L extends string = never>(options: HistogramOptions<L>): Histogram<L>;
  /** The exposition text, for `/metrics`. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Seconds, from one millisecond to half a minute. */
export const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** `prefix` goes before every name, for sites that ask for one (`--metrics-prefix`). */
export function createMetrics({ prefix = '' }: { readonly prefix?: string } = {}): Metrics {
  const registry = new Registry();
  const common = <L extends string>({ name, help, labels = [] }: MetricOptions<L>) => ({
    name: `${prefix}${name}`,
    help,
    labelNames: [...labels],
    registers: [registry],
  });
  return {
    counter: (options) => new Counter(common(options)),
    gauge: (options) => new Gauge({ ...common(options), ...readOnScrape(options.readAll) }),
    histogram: (options) => new Histogram({ ...common(options), buckets: [...(options.buckets ?? DURATION_BUCKETS)] }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function readOnScrape<L extends string>(
  readAll: (() => readonly Reading<L>[]) | undefined,
): { collect?: (this: Gauge<L>) => void } {
  if (readAll === undefined) return {};
  return {
    collect() {
      this.reset();
      for (const { labels, value } of readAll()) this.set(labels, value);
    },
  };
}

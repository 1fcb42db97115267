import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { Metrics } from '../../kube/metrics.ts';
import { metricLabel, metricLabelsOf, type MetricLabels } from './metric-labels.ts';
import { stateOf } from './rows/next.ts';

export interface GaugeOptions {
  readonly metrics: Metrics;
  readonly labels: readonly string[];
  readonly all: () => Iterable<SparkApplication>;
}

type Amount = (app: SparkApplication) => number;

/** How many applications and executors there are now. Counted when asked for, so no event can be missed. */
export function applicationGauges({ metrics, labels, all }: GaugeOptions): void {
  const gauge = (name: string, help: string, amount: Amount): void => {
    const readAll = (): readonly Sum[] => sumsOf(all(), (app) => metricLabelsOf(labels, app), amount);
    metrics.gauge<string>({ name, help, labels: labels.map(metricLabel), readAll });
  };
  gauge('spark_application_running_count', 'Applications whose driver runs.', (app) => (isRunning(app) ? 1 : 0));
  gauge('spark_executor_running_count', 'Executors that run.', (app) =>
    isRunning(app) ? (app.status?.executors?.running ?? 0) : 0,
  );
  metrics.gauge<string>({
    name: 'spark_application_state_count',
    help: 'Applications by state.',
    labels: ['state'],
    readAll: () =>
      sumsOf(
        all(),
        (app) => ({ state: wordOf(app) }),
        () => 1,
      ),
  });
}

const wordOf = ({ status }: SparkApplication): string => {
  const state = stateOf(status ?? {});
  return state === '' ? 'NEW' : state;
};

const isRunning = (app: SparkApplication): boolean => wordOf(app) === 'RUNNING';

interface Sum {
  readonly labels: MetricLabels;
  readonly value: number;
}

function sumsOf(
  apps: Iterable<SparkApplication>,
  labelsOf: (app: SparkApplication) => MetricLabels,
  amount: Amount,
): readonly Sum[] {
  const sums = new Map<string, Sum>();
  for (const app of apps) {
    const labels = labelsOf(app);
    const key = JSON.stringify(labels);
    sums.set(key, { labels, value: (sums.get(key)?.value ?? 0) + amount(app) });
  }
  return [...sums.values()];
}

import type { Attempt, SparkApplicationStatus } from '../../api/sparkapplication-status.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { Counter, Histogram, Metrics } from '../../kube/metrics.ts';
import { changeOf, type Change } from './change.ts';
import { applicationGauges } from './gauges.ts';
import { metricLabel, metricLabelsOf, type MetricLabels } from './metric-labels.ts';
import { stateOf } from './rows/next.ts';
import { millisOf } from './time.ts';

/** Metrics of applications, named as kubeflow's operator names them. */
export interface ApplicationMetrics {
  /** An application that this process had not seen before. */
  seen(app: SparkApplication): void;
  /** A status that was written. */
  changed(app: SparkApplication, before: SparkApplicationStatus, after: SparkApplicationStatus): void;
}

export interface ApplicationMetricsOptions {
  readonly metrics: Metrics;
  /** Labels of applications that divide the metrics (`--metrics-labels`). */
  readonly labels: readonly string[];
  readonly now: () => number;
  /** All applications known, read at scrape time. */
  readonly all: () => Iterable<SparkApplication>;
}

/** Seconds from a creation to its submission or start; then from seconds to a day, for runs. */
const LATENCY_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const RUN_BUCKETS = [1, 5, 15, 30, 60, 300, 900, 3_600, 10_800, 43_200, 86_400];

/** Registers the metrics; counters count what this process does, gauges are read at scrape time. */
export function applicationMetrics({ metrics, labels, now, all }: ApplicationMetricsOptions): ApplicationMetrics {
  const series = register(metrics, labels.map(metricLabel));
  applicationGauges({ metrics, labels, all });
  return {
    seen: (app) => {
      if (stateOf(app.status ?? {}) === '') series.created.inc(metricLabelsOf(labels, app));
    },
    changed: (app, before, after) => {
      const change = changeOf(before, after);
      const ageSeconds = (now() - (millisOf(app.metadata.creationTimestamp) ?? now())) / 1000;
      const isFirstAttempt = (after.executionAttempts ?? 0) <= 1;
      const own = metricLabelsOf(labels, app);
      countStates(series, own, change);
      if (isFirstAttempt) observeLatencies(series, own, change, ageSeconds);
      if (change.ended !== undefined) observeRun(series, own, change.ended);
      countExecutors(series, own, change);
    },
  };
}

interface Series {
  readonly created: Counter;
  readonly submitted: Counter;
  readonly refused: Counter;
  readonly succeeded: Counter;
  readonly failed: Counter;
  readonly executorSucceeded: Counter;
  readonly executorFailed: Counter;
  readonly submitLatency: Histogram;
  readonly startLatency: Histogram;
  readonly successTime: Histogram;
  readonly failureTime: Histogram;
}

function register(metrics: Metrics, labels: readonly string[]): Series {
  const counter = (name: string, help: string): Counter => metrics.counter<string>({ name, help, labels });
  const histogram = (name: string, help: string, buckets: readonly number[]): Histogram =>
    metrics.histogram<string>({ name, help, labels, buckets });
  const time = (outcome: string): Histogram =>
    histogram(`spark_application_${outcome}_execution_time_seconds`, `Run time of attempts (${outcome}).`, RUN_BUCKETS);
  const latency = (what: string, help: string): Histogram =>
    histogram(`spark_application_${what}_latency_seconds`, help, LATENCY_BUCKETS);
  return {
    created: counter('spark_application_count', 'Applications that were created.'),
    submitted: counter('spark_application_submit_count', 'Submissions that succeeded.'),
    refused: counter('spark_application_failed_submission_count', 'Submissions that failed.'),
    succeeded: counter('spark_application_success_count', 'Applications that completed.'),
    failed: counter('spark_application_failure_count', 'Applications that failed for good.'),
    executorSucceeded: counter('spark_executor_success_count', 'Executors that completed.'),
    executorFailed: counter('spark_executor_failure_count', 'Executors that failed.'),
    submitLatency: latency('submit', 'From the creation of an application to its first submission.'),
    startLatency: latency('start', 'From the creation of an application to its first running driver.'),
    successTime: time('success'),
    failureTime: time('failure'),
  };
}

/** A submission that waits has not failed. */
const WAITING: ReadonlySet<string> = new Set(['DriverPodConflict', 'AdmissionUnavailable']);

function countStates(series: Series, own: MetricLabels, { entered, said }: Change): void {
  const submitted = said('Submitted');
  if (submitted?.status === 'True') series.submitted.inc(own);
  if (submitted?.status === 'False' && !WAITING.has(submitted.reason)) series.refused.inc(own);
  if (entered === 'COMPLETED') series.succeeded.inc(own);
  if (entered === 'FAILED') series.failed.inc(own);
}

function observeLatencies(series: Series, own: MetricLabels, { entered, said }: Change, ageSeconds: number): void {
  if (said('Submitted')?.status === 'True') series.submitLatency.observe(own, ageSeconds);
  if (entered === 'RUNNING') series.startLatency.observe(own, ageSeconds);
}

function observeRun(series: Series, own: MetricLabels, { startTime, endTime, state }: Attempt): void {
  const [start, end] = [millisOf(startTime), millisOf(endTime)];
  if (start === undefined || end === undefined) return;
  const histogram = state === 'COMPLETED' ? series.successTime : series.failureTime;
  histogram.observe(own, (end - start) / 1000);
}

function countExecutors(series: Series, own: MetricLabels, { executors: { before, after } }: Change): void {
  const [succeeded, failed] = [after.succeeded - before.succeeded, after.failed - before.failed];
  if (succeeded > 0) series.executorSucceeded.inc(own, succeeded);
  if (failed > 0) series.executorFailed.inc(own, failed);
}

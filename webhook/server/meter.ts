import type { Metrics } from '../../kube/metrics.ts';

/** How a request ended: `mutated` and `allowed` and `denied` are reviews, `refused` an HTTP 4xx, `failed` an HTTP 5xx. */
export type Outcome = 'mutated' | 'allowed' | 'denied' | 'refused' | 'failed';

/** What the admission server counts. */
export interface ReviewMeter {
  /** A request came; call the result when it has been answered. `kind` is Pod, SparkApplication… or `other`. */
  begin(): (kind: string, outcome: Outcome, seconds: number) => void;
  /** One violation of a refused object. */
  rejected(kind: string, rule: string): void;
}

/** Seconds: the target is 2 ms in the middle and 15 ms for the slowest hundredth. */
const BUCKETS = [
  0.000_25, 0.000_5, 0.000_75, 0.001, 0.001_5, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.025, 0.05, 0.25, 1, 5, 10,
];

/** Registers the metrics of the admission server. */
export function reviewMeter(metrics: Metrics): ReviewMeter {
  const durations = metrics.histogram<'kind' | 'outcome'>({
    name: 'spark_operator_webhook_request_duration_seconds',
    help: 'From the head of an admission request to the end of its answer.',
    labels: ['kind', 'outcome'],
    buckets: BUCKETS,
  });
  const rejections = metrics.counter<'kind' | 'rule'>({
    name: 'spark_operator_webhook_rejections_total',
    help: 'Violations in objects that were refused, by rule.',
    labels: ['kind', 'rule'],
  });
  let inFlight = 0;
  metrics.gauge({
    name: 'spark_operator_webhook_requests_in_flight',
    help: 'Admission requests that are being answered.',
    readAll: () => [{ labels: {}, value: inFlight }],
  });
  return {
    begin: () => {
      inFlight += 1;
      return (kind, outcome, seconds) => {
        inFlight -= 1;
        durations.observe({ kind, outcome }, seconds);
      };
    },
    rejected: (kind, rule) => {
      rejections.inc({ kind, rule });
    },
  };
}

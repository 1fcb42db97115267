import type { Counter, Histogram, Metrics } from './metrics.ts';
import type { Verb } from './transport.ts';

/** Counts one answered (or failed, status 0) request. */
export type RequestMeter = (verb: Verb, resource: string, status: number, durationMs: number) => void;

interface Row {
  readonly codes: Map<number, Counter.Internal>;
  readonly duration: Histogram.Internal<'verb' | 'resource'>;
}

/** `kube_api_requests_total{verb,resource,code}` and `kube_api_request_duration_seconds{verb,resource}`. */
export function requestMeter(metrics: Metrics): RequestMeter {
  const total = metrics.counter<'verb' | 'resource' | 'code'>({
    name: 'kube_api_requests_total',
    help: 'Requests to the API server by verb, resource and HTTP status; code 0 = no answer.',
    labels: ['verb', 'resource', 'code'],
  });
  const duration = metrics.histogram<'verb' | 'resource'>({
    name: 'kube_api_request_duration_seconds',
    help: 'Time from sending a request to its answer; for watches until the stream opened.',
    labels: ['verb', 'resource'],
  });
  // Label look-up hashes strings on every call; the few combinations are kept instead.
  const rows = new Map<string, Row>();
  return (verb, resource, status, durationMs) => {
    const id = `${verb} ${resource}`;
    let row = rows.get(id);
    if (row === undefined) rows.set(id, (row = { codes: new Map(), duration: duration.labels({ verb, resource }) }));
    let count = row.codes.get(status);
    if (count === undefined) row.codes.set(status, (count = total.labels({ verb, resource, code: String(status) })));
    count.inc();
    row.duration.observe(durationMs / 1000);
  };
}

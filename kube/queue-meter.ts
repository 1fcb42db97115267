import type { Metrics } from './metrics.ts';

/** What a work queue reports. */
export interface QueueMeter {
  /** Tells how to read the depth at scrape time. */
  watchDepth(read: () => number): void;
  waited(ms: number): void;
  retried(): void;
  /** A pass over a key took so long. */
  worked(ms: number): void;
}

/** Makes a meter for each queue of a program: the metrics `workqueue_…{name}` as client-go names them. */
export function queueMeters(metrics: Metrics): (name: string) => QueueMeter {
  const readers = new Map<string, () => number>();
  metrics.gauge<'name'>({
    name: 'workqueue_depth',
    help: 'Keys waiting to be handed out.',
    labels: ['name'],
    readAll: () => [...readers].map(([name, read]) => ({ labels: { name }, value: read() })),
  });
  const queued = metrics.histogram<'name'>({
    name: 'workqueue_queue_duration_seconds',
    help: 'Time from adding a key to handing it out.',
    labels: ['name'],
  });
  const work = metrics.histogram<'name'>({
    name: 'workqueue_work_duration_seconds',
    help: 'Time of one pass over a key.',
    labels: ['name'],
  });
  const retries = metrics.counter<'name'>({
    name: 'workqueue_retries_total',
    help: 'Keys added again after a failure.',
    labels: ['name'],
  });
  return (name) => {
    const [queuedOf, workOf, retriesOf] = [queued.labels({ name }), work.labels({ name }), retries.labels({ name })];
    return {
      watchDepth: (read) => void readers.set(name, read),
      waited: (ms) => queuedOf.observe(ms / 1000),
      worked: (ms) => workOf.observe(ms / 1000),
      retried: () => retriesOf.inc(),
    };
  };
}

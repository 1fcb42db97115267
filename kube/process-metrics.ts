import type { Metrics } from './metrics.ts';

/** The few process metrics that dashboards ask for, read at scrape time: no timers, no observers. */
export function addProcessMetrics(metrics: Metrics): void {
  const startedAt = Math.round(Date.now() / 1000 - process.uptime());
  const read = (name: string, help: string, value: () => number): void => {
    metrics.gauge({ name, help, readAll: () => [{ labels: {}, value: value() }] });
  };
  read('process_cpu_seconds_total', 'User and system CPU time in seconds.', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  read('process_resident_memory_bytes', 'Resident memory in bytes.', () => process.memoryUsage.rss());
  read('nodejs_heap_size_used_bytes', 'Used heap in bytes.', () => process.memoryUsage().heapUsed);
  read('process_start_time_seconds', 'Start of the process, seconds since the epoch.', () => startedAt);
}

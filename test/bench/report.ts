import type { LatencyResult } from './latency.ts';
import type { Percentiles } from './percentile.ts';

const times = ({ p50, p90, p99, max }: Percentiles): string => `p50 ${p50}  p90 ${p90}  p99 ${p99}  max ${max} ms`;

const orUnknown = (value: number | undefined, unit: string): string =>
  value === undefined ? 'not measured (no --pids)' : `${value} ${unit}`;

/** The result as lines for people; the same figures as the JSON. */
export function reportLines(result: LatencyResult): string[] {
  const cpuMs = result.cpuSecondsPerApp === undefined ? undefined : Math.round(result.cpuSecondsPerApp * 10_000) / 10;
  const rows: [string, string][] = [
    [`created → driver pod, ${result.rate}/s`, times(result.createToDriverPodMs)],
    ['created → driver pod, burst', times(result.burstCreateToDriverPodMs)],
    ['sustained', `${result.appsPerSecond} applications/s`],
    ['operator CPU', orUnknown(cpuMs, 'ms per application')],
    [`operator memory, ${result.rate}/s`, orUnknown(result.rssMiB, 'MiB')],
    ['operator memory, burst', orUnknown(result.burstRssMiB, 'MiB')],
    ['operator memory, idle', orUnknown(result.idleRssMiB, 'MiB')],
    ['API writes', `${result.apiWritesPerApp} per application`],
    ['lost / doubled', `${result.lost} / ${result.doubled}`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const calls = Object.entries(result.apiCallsPerApp).map(([key, count]) => `  ${key.padEnd(width)}  ${count}`);
  return [...rows.map(([name, value]) => `${name.padEnd(width + 2)}  ${value}`), 'API calls per application', ...calls];
}

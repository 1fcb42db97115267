import { percentiles, type Percentiles } from './percentile.ts';

/** One observation of the recorder's watch; `at` is a monotonic clock in milliseconds. */
export type Sighting =
  | { readonly kind: 'application'; readonly uid: string; readonly name: string; readonly at: number }
  | {
      readonly kind: 'driver';
      readonly uid: string;
      readonly applicationUid: string;
      readonly attempt: string;
      readonly at: number;
    };

/** What the sightings add up to. */
export interface Tally {
  readonly applications: number;
  readonly drivers: number;
  /** applications that never had a driver pod */
  readonly lost: number;
  /** driver pods beyond the first of their attempt */
  readonly doubled: number;
  /** application seen → its first driver pod seen */
  readonly createToDriverPodMs: Percentiles;
  /** driver pods per second between the first application and the last first driver pod */
  readonly appsPerSecond: number;
}

/** Pure: counts from what a watch saw, never from what a status says. */
export function tally(sightings: readonly Sighting[]): Tally {
  const created = new Map<string, number>();
  const firstDriver = new Map<string, number>();
  const perAttempt = new Map<string, Set<string>>();
  for (const seen of sightings) {
    if (seen.kind === 'application') created.set(seen.uid, seen.at);
    else {
      if (!firstDriver.has(seen.applicationUid)) firstDriver.set(seen.applicationUid, seen.at);
      const attempt = `${seen.applicationUid}/${seen.attempt}`;
      perAttempt.set(attempt, (perAttempt.get(attempt) ?? new Set()).add(seen.uid));
    }
  }
  const driven = [...created].filter(([uid]) => firstDriver.has(uid));
  const latencies = driven.map(([uid, at]) => (firstDriver.get(uid) ?? at) - at);
  const span = Math.max(...driven.map(([uid]) => firstDriver.get(uid) ?? 0)) - Math.min(...created.values());
  const drivers = [...perAttempt.values()].reduce((sum, pods) => sum + pods.size, 0);
  return {
    applications: created.size,
    drivers,
    lost: created.size - driven.length,
    doubled: drivers - perAttempt.size,
    createToDriverPodMs: percentiles(latencies),
    appsPerSecond: driven.length === 0 ? 0 : Math.round((driven.length / (span / 1000)) * 10) / 10,
  };
}

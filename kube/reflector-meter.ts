import type { WatchEvent } from './client.ts';
import type { Metrics } from './metrics.ts';

/** What a reflector reports. */
export interface ReflectorMeter {
  event(type: WatchEvent<unknown>['type']): void;
  listed(): void;
  broken(reason: string): void;
}

/** Makes a meter for each watched resource of a program: `kube_watch_…{resource}`. */
export function reflectorMeters(metrics: Metrics): (resource: string) => ReflectorMeter {
  const events = metrics.counter<'resource' | 'type'>({
    name: 'kube_watch_events_total',
    help: 'Events received by watches.',
    labels: ['resource', 'type'],
  });
  const lists = metrics.counter<'resource'>({
    name: 'kube_watch_lists_total',
    help: 'Complete lists: one at the start, more when a watch could not be continued.',
    labels: ['resource'],
  });
  const failures = metrics.counter<'resource' | 'reason'>({
    name: 'kube_watch_failures_total',
    help: 'Lists and watches that broke, by reason.',
    labels: ['resource', 'reason'],
  });
  return (resource) => {
    const byType = {
      ADDED: events.labels({ resource, type: 'ADDED' }),
      MODIFIED: events.labels({ resource, type: 'MODIFIED' }),
      DELETED: events.labels({ resource, type: 'DELETED' }),
      BOOKMARK: events.labels({ resource, type: 'BOOKMARK' }),
    };
    return {
      event: (type) => byType[type].inc(),
      listed: () => lists.inc({ resource }),
      broken: (reason) => failures.inc({ resource, reason }),
    };
  };
}

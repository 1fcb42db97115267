import type { KubernetesEvent } from '../../api/kubernetes.ts';

/** When the thing was last seen: events of the old and the new API write it in different fields. */
export const lastSeen = (event: KubernetesEvent): string | undefined =>
  [
    event.series?.lastObservedTime,
    event.lastTimestamp,
    event.eventTime,
    event.firstTimestamp,
    event.metadata.creationTimestamp,
  ].find((time) => typeof time === 'string');

/** Oldest first; of the same second in the order in which the API server wrote them. */
export const inOrder = (events: readonly KubernetesEvent[]): readonly KubernetesEvent[] =>
  events.toSorted(
    (one, other) =>
      (lastSeen(one) ?? '').slice(0, 19).localeCompare((lastSeen(other) ?? '').slice(0, 19)) ||
      Number(one.metadata.resourceVersion ?? 0) - Number(other.metadata.resourceVersion ?? 0),
  );

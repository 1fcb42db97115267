import { errorOfStatus, type Status } from './api-status.ts';
import type { KubeClient, WatchEvent, WatchOptions } from './client.ts';
import { splitLines } from './line-splitter.ts';
import { collectionPath, objectPath } from './paths.ts';
import type { Resource } from './resources.ts';
import type { Transport } from './transport.ts';

const WATCH_SECONDS = 290;
/** The API server sends a bookmark about every 60 s: 15 s of grace keep a quiet but healthy watch. */
const WATCH_IDLE_MS = 75_000;

interface Line<T> {
  readonly type: WatchEvent<T>['type'] | 'ERROR';
  readonly object: T;
}

/** The streaming verbs of a client. */
export const streaming = (transport: Transport): Pick<KubeClient, 'watch' | 'streamText'> => ({
  watch: (resource, options, onEvent) => watch(transport, resource, options, onEvent),
  streamText: ({ resource, ref, subresource, query, idleTimeoutMs = 0, signal }, onData) =>
    transport.stream(
      {
        verb: 'get',
        method: 'GET',
        resource: `${resource.plural}/${subresource}`,
        path: objectPath(resource, ref, subresource, query),
        accept: '*/*',
        idleTimeoutMs,
        signal,
      },
      { onData },
    ),
});

function watch<T>(
  transport: Transport,
  resource: Resource<T>,
  options: WatchOptions,
  onEvent: (event: WatchEvent<T>) => void,
): Promise<void> {
  const { namespace, labelSelector, fieldSelector, resourceVersion, timeoutSeconds = WATCH_SECONDS } = options;
  const path = collectionPath(resource, namespace, {
    watch: true,
    allowWatchBookmarks: true,
    labelSelector,
    fieldSelector,
    resourceVersion,
    timeoutSeconds,
  });
  const feed = splitLines((text) => {
    // Parse boundary: a watch consists of meta/v1 WatchEvents.
    const line = JSON.parse(text) as Line<T>;
    if (line.type === 'ERROR') throw watchError(resource, line.object);
    onEvent({ type: line.type, object: line.object });
  });
  const { idleTimeoutMs = WATCH_IDLE_MS, signal, onOpen } = options;
  return transport.stream(
    { verb: 'watch', method: 'GET', resource: resource.plural, path, idleTimeoutMs, signal },
    { onData: feed, onOpen },
  );
}

function watchError(resource: Resource, object: unknown): Error {
  // Parse boundary: the object of an ERROR event is a meta/v1 Status.
  const status = object as Status;
  return errorOfStatus(`watch ${resource.plural}`, status, status.code ?? 500);
}

import type { KubeClient } from '../../kube/client.ts';
import { systemClock } from '../../kube/clock.ts';
import type { Identified, ObjectRef } from '../../kube/key.ts';
import { collectionPath } from '../../kube/paths.ts';
import { streamLog } from '../../kube/log-stream.ts';
import { apiVersionOf, type Resource } from '../../kube/resources.ts';
import type { Cluster, ListQuery, PodLogOptions } from '../cli.ts';
import { follow } from './follow.ts';

/** The cluster of the commands over a client of the machine room; only forwarding needs more than a client. */
export const clusterOverClient = (
  client: KubeClient,
  rest: Pick<Cluster, 'namespace' | 'forward' | 'close'>,
): Cluster => ({
  ...rest,
  server: client.transport.server,
  get: (resource, ref) => client.get(resource, ref),
  list: async (resource, query) => (await client.list(resource, query)).items,
  create: <T>(resource: Resource<T>, object: object, ref: ObjectRef) => createStrictly(client, resource, object, ref),
  delete: (resource, ref) => client.delete(resource, ref),
  follow: <T>(resource: Resource<T>, query: ListQuery, deliver: (objects: readonly T[]) => void, stop: AbortSignal) =>
    // Every object of the API server carries metadata.
    follow({ client, clock: systemClock, resource: resource as Resource<T & Identified>, query, deliver }, stop),
  podLog: (pod, options, write, stop) => podLog(client, { pod, options }, write, stop),
});

/** As `client.create`, but a field that the schema does not know is refused instead of dropped, as with kubectl. */
async function createStrictly<T>(
  { transport }: KubeClient,
  resource: Resource<T>,
  object: object,
  { namespace }: ObjectRef,
): Promise<T> {
  const created = await transport.request({
    verb: 'create',
    method: 'POST',
    resource: resource.plural,
    path: collectionPath(resource, namespace, { fieldValidation: 'Strict', fieldManager: 'sparkctl' }),
    body: JSON.stringify({ apiVersion: apiVersionOf(resource), kind: resource.kind, ...object }),
  });
  // Parse boundary: the API server returns what it created.
  return created as T;
}

/** An interrupted log is no error: the command decides what it means. */
async function podLog(
  client: KubeClient,
  { pod, options }: { readonly pod: ObjectRef; readonly options: PodLogOptions },
  write: (chunk: Uint8Array) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await streamLog(client, pod, { ...options, signal }, write);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

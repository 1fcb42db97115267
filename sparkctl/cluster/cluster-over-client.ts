import type { KubernetesObject } from '../../api/kubernetes.ts';
import type { KubeClient } from '../../kube/client.ts';
import { systemClock } from '../../kube/clock.ts';
import type { Identified, ObjectRef } from '../../kube/key.ts';
import { streamLog } from '../../kube/log-stream.ts';
import type { Resource } from '../../kube/resources.ts';
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
  create: (resource, object, { dryRun }) => client.create(resource, object, { fieldValidation: 'Strict', dryRun }),
  apply: (resource, object, ref) =>
    // Whatever is applied is an object of the API server.
    client.patch(resource as Resource<KubernetesObject>, ref, object, { type: 'apply', fieldManager: 'sparkctl' }),
  delete: (resource, ref) => client.delete(resource, ref),
  follow: <T>(resource: Resource<T>, query: ListQuery, deliver: (objects: readonly T[]) => void, stop: AbortSignal) =>
    // Every object of the API server carries metadata.
    follow({ client, clock: systemClock, resource: resource as Resource<T & Identified>, query, deliver }, stop),
  podLog: (pod, options, write, stop) => podLog(client, { pod, options }, write, stop),
});

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

import type { KubeClient } from '../kube/client.ts';
import type { Resource } from '../kube/resources.ts';

/** One write as a controller sends it. */
export interface TappedWrite {
  readonly verb: 'create' | 'update' | 'patch' | 'delete';
  /** The plural. */
  readonly resource: string;
}

/** Hears of every write; what it throws, or never resolves, the writer gets instead of an answer. */
export interface Tap {
  before?(write: TappedWrite): Promise<void>;
  after?(write: TappedWrite): Promise<void>;
}

/** A client whose writes pass a tap: to count them, or to let a process die between two of them. Reads pass unseen. */
export function tappedClient(client: KubeClient, tap: Tap): KubeClient {
  const through = async <T>(verb: TappedWrite['verb'], { plural }: Resource, send: () => Promise<T>): Promise<T> => {
    const write = { verb, resource: plural };
    await tap.before?.(write);
    const answer = await send();
    await tap.after?.(write);
    return answer;
  };
  return {
    ...client,
    create: (resource, object, options) => through('create', resource, () => client.create(resource, object, options)),
    update: (resource, object, options) => through('update', resource, () => client.update(resource, object, options)),
    patch: (resource, ref, patch, options) =>
      through('patch', resource, () => client.patch(resource, ref, patch, options)),
    delete: (resource, ref, options) => through('delete', resource, () => client.delete(resource, ref, options)),
  };
}

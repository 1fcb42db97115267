import type { KubeClient } from './client.ts';
import type { Flow } from './exchange.ts';
import type { ObjectRef } from './key.ts';
import { resources } from './resources.ts';

/** What `kubectl logs` can ask for. */
export interface LogOptions {
  readonly container?: string | undefined;
  readonly follow?: boolean | undefined;
  /** The container before its last restart. */
  readonly previous?: boolean | undefined;
  readonly tailLines?: number | undefined;
  readonly sinceSeconds?: number | undefined;
  readonly timestamps?: boolean | undefined;
  readonly limitBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Takes a piece of the log. While its promise is open no more is read. */
export type LogWriter = (chunk: Buffer) => void | Promise<void>;

/**
 * Hands on the log of a container as it comes. Resolves when the log ends (with `follow`: when the container does) and
 * everything is written; rejects with an ApiError, with what `write` threw, or with the reason of the signal.
 */
export async function streamLog(
  client: KubeClient,
  pod: ObjectRef,
  options: LogOptions,
  write: LogWriter,
): Promise<void> {
  const { signal, ...query } = options;
  const writer = inOrder(write);
  await client.streamText({ resource: resources.pods, ref: pod, subresource: 'log', query, signal }, writer.take);
  await writer.ended();
}

/** Writes one piece after the other; the stream is paused while a piece is being written. */
function inOrder(write: LogWriter): { take: (chunk: Buffer, flow: Flow) => void; ended: () => Promise<void> } {
  let last: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;
  return {
    take: (chunk, flow) => {
      if (failure !== undefined) throw failure.error;
      flow.pause();
      last = last
        .then(() => write(chunk))
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => flow.resume());
    },
    ended: async () => {
      await last;
      if (failure !== undefined) throw failure.error;
    },
  };
}

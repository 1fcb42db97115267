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
  const broken = new AbortController();
  const writer = inOrder(write, (error) => broken.abort(error));
  const stop = signal === undefined ? broken.signal : AbortSignal.any([signal, broken.signal]);
  await client.streamText({ resource: resources.pods, ref: pod, subresource: 'log', query, signal: stop }, writer.take);
  await writer.ended();
  broken.signal.throwIfAborted();
}

/** Writes one piece after the other; the stream is paused while a piece is being written. */
function inOrder(
  write: LogWriter,
  fail: (error: unknown) => void,
): { take: (chunk: Buffer, flow: Flow) => void; ended: () => Promise<void> } {
  let last: Promise<void> = Promise.resolve();
  return {
    take: (chunk, flow) => {
      flow.pause();
      last = last.then(() => write(chunk)).then(() => flow.resume(), fail);
    },
    ended: () => last,
  };
}

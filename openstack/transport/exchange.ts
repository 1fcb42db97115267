import { type Dispatcher, request } from 'undici';

import { type Disconnection, disconnectionOf } from './disconnection.ts';

/** One HTTP request, ready to go. */
export interface Outgoing {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** For connecting, waiting and reading together. */
  readonly timeoutMs: number;
  /** Ends the wait for the answer of a request that only reads. */
  readonly interrupted?: AbortSignal | undefined;
}

/** An answer of any status. */
export interface Incoming {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Sends a request once. Resolves however it ends: with an answer, or with why there was none. */
export type Exchange = (outgoing: Outgoing) => Promise<Incoming | Disconnection>;

/** An exchange over real connections. */
export const exchangeOver =
  (dispatcher: Dispatcher): Exchange =>
  async ({ method, url, headers, body, timeoutMs, interrupted }) => {
    const timer = AbortSignal.timeout(timeoutMs);
    // A request that changes something is waited for: its answer must be known. What begins after Ctrl-C is meant to tidy up.
    const mayStop = (method === 'GET' || method === 'HEAD') && interrupted?.aborted === false;
    const signal = mayStop ? AbortSignal.any([timer, interrupted]) : timer;
    try {
      const answer = await request(url, { dispatcher, method, headers, body: body ?? null, signal });
      return { status: answer.statusCode, headers: flat(answer.headers), text: await answer.body.text() };
    } catch (error) {
      return disconnectionOf(error, { url, timeoutMs, timedOut: timer.aborted });
    }
  };

const flat = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value = '']) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );

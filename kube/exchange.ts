import type { Dispatcher } from 'undici';
import type { Method } from './transport.ts';

export type { Dispatcher } from 'undici';

/** One HTTP exchange, ready to go. */
export interface Exchange {
  readonly method: Method;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Slows the sender down: a sink that cannot keep up pauses and resumes. */
export interface Flow {
  pause(): void;
  resume(): void;
}

/** Takes a streamed 2xx answer. */
export interface StreamSink {
  readonly onOpen?: (() => void) | undefined;
  readonly onData: (chunk: Buffer, flow: Flow) => void;
}

/** How an exchange ended. `status` 0 = no answer. */
export interface Answer {
  readonly status: number;
  /** The whole body; empty when it went to a sink. */
  readonly text: string;
  readonly retryAfter: string | undefined;
  /** False while nothing had left for the server: a write may be sent again without a doubt. */
  readonly sent: boolean;
  /** The answer had started to go to the sink. */
  readonly opened: boolean;
  /** Set unless a 2xx answer came to its end: a refusal (`status`) or a broken connection (`failure.cause`). */
  readonly failure?: { readonly cause?: unknown };
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/**
 * Sends one request. Resolves however the exchange ends; rejects only with the reason of an aborted signal, or with
 * what a sink threw.
 */
export function exchange(pool: Dispatcher, request: Exchange, sink?: StreamSink): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method, path, headers, body, headersTimeoutMs, bodyTimeoutMs, signal } = request;
    const run = new Run(resolve, reject, sink, signal);
    signal?.addEventListener('abort', run.onAbort, { once: true });
    pool.dispatch(
      { method, path, headers, body: body ?? null, headersTimeout: headersTimeoutMs, bodyTimeout: bodyTimeoutMs },
      run,
    );
  });
}

/** The life of one exchange, as the dispatcher tells it. */
class Run implements Dispatcher.DispatchHandler {
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #sink: StreamSink | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #retryAfter: string | undefined;
  #opened = false;

  constructor(
    resolve: (answer: Answer) => void,
    reject: (reason: unknown) => void,
    sink: StreamSink | undefined,
    signal: AbortSignal | undefined,
  ) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#sink = sink;
    this.#signal = signal;
  }

  readonly onAbort = (): void => {
    // First: aborting ends the exchange at once, and the first word counts.
    this.#reject(this.#signal?.reason);
    this.#controller?.abort(new Error('Aborted'));
  };

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#signal?.aborted === true) controller.abort(new Error('Aborted'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status;
    const retryAfter = headers['retry-after'];
    this.#retryAfter = typeof retryAfter === 'string' ? retryAfter : undefined;
    if (this.#sink === undefined || !isSuccess(status)) return;
    this.#opened = true;
    this.#sink.onOpen?.();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    // undici hands out an empty piece each time a paused answer is resumed: a sink that pauses for each piece would spin.
    if (chunk.length === 0) return;
    if (!this.#opened) {
      this.#chunks.push(chunk);
      return;
    }
    try {
      this.#sink?.onData(chunk, controller);
    } catch (error) {
      this.#reject(error);
      controller.abort(new Error('The reader of the stream failed'));
    }
  }

  onResponseEnd(): void {
    this.#finish(isSuccess(this.#status) ? undefined : {});
  }

  onResponseError(_controller: Dispatcher.DispatchController, cause: Error): void {
    // A refusal whose body broke off is still that refusal; a success that broke off is a lost connection.
    if (isSuccess(this.#status)) this.#status = 0;
    this.#finish({ cause });
  }

  #finish(failure: { readonly cause?: unknown } | undefined): void {
    this.#signal?.removeEventListener('abort', this.onAbort);
    const [first = Buffer.alloc(0)] = this.#chunks;
    this.#resolve({
      status: this.#status,
      text: (this.#chunks.length > 1 ? Buffer.concat(this.#chunks) : first).toString('utf8'),
      retryAfter: this.#retryAfter,
      sent: this.#controller !== undefined,
      opened: this.#opened,
      ...(failure === undefined ? {} : { failure }),
    });
  }
}

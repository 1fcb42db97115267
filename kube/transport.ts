import { type Clock, sleep, systemClock } from './clock.ts';
import { ApiError } from './errors.ts';
import { type Dispatcher, type Exchange, exchange, type StreamSink } from './exchange.ts';
import { apiErrorOf } from './api-status.ts';
import { connectionPools } from './connection-pools.ts';
import type { Metrics } from './metrics.ts';
import { requestMeter, type RequestMeter } from './request-meter.ts';
import { retryDelayMs } from './retry.ts';
import { tokenBucket } from './token-bucket.ts';

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'patch' | 'update' | 'delete' | 'connect';
export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** How to prove who we are, and how to know the server. PEM texts. */
export interface Credentials {
  readonly ca?: string | undefined;
  readonly clientCertificate?: string | undefined;
  readonly clientKey?: string | undefined;
  /** Development only: accept any server certificate. */
  readonly insecureSkipTlsVerify?: boolean | undefined;
  /** The name to expect in the server certificate, when it is not the host of `server`. */
  readonly serverName?: string | undefined;
  /**
   * The `Authorization` header, asked for each request (the source caches). `fresh` is true after a 401: read or
   * mint it anew.
   */
  readonly authorization?: ((fresh: boolean) => string | undefined | Promise<string | undefined>) | undefined;
}

/** Bounds, all with defaults that suit a controller of 50 applications a second. */
export interface TransportLimits {
  /** Requests per second that this client allows itself on average (default 1000). Watches count once. */
  readonly qps?: number | undefined;
  /** How many may go at once before the average counts (default 2000). */
  readonly burst?: number | undefined;
  /** Connections for requests; streams have their own without a bound (default 32). */
  readonly connections?: number;
  readonly connectTimeoutMs?: number;
  /** Until the first byte of an answer (default 35 s: an admission webhook may take 30). */
  readonly headersTimeoutMs?: number;
  /** Between two pieces of an answer (default 30 s). Streams set their own. */
  readonly bodyTimeoutMs?: number;
  /** Tries of one request in all (default 5). */
  readonly attempts?: number;
}

export interface TransportOptions {
  /** `https://host:port`, perhaps with a path in front of the API. */
  readonly server: string;
  readonly credentials: Credentials;
  readonly limits?: TransportLimits | undefined;
  readonly metrics?: Metrics | undefined;
  readonly clock?: Clock | undefined;
  /** 0 ≤ x < 1, for jitter. */
  readonly random?: (() => number) | undefined;
  readonly userAgent?: string | undefined;
}

/** One request to the API server. */
export interface ApiRequest {
  readonly verb: Verb;
  readonly method: Method;
  /** The plural with sub-resource (`pods`, `pods/log`): label of metrics and part of error messages. */
  readonly resource: string;
  /** Path with query, as `pathOf` builds it. */
  readonly path: string;
  /** JSON text. */
  readonly body?: string | undefined;
  readonly contentType?: string | undefined;
  readonly accept?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A request whose answer has no end in sight. */
export interface StreamRequest extends ApiRequest {
  /** The stream fails with reason `Timeout` when nothing comes for so long; 0 = wait for ever. */
  readonly idleTimeoutMs: number;
}

/**
 * The one way to the API server: shared keep-alive connections, fresh credentials, time-outs, a client-side rate
 * limit, retries, metrics. Failures are `ApiError`s; an aborted signal rejects with the signal's reason.
 */
export interface Transport {
  readonly server: string;
  readonly credentials: Credentials;
  /** The answer, parsed from JSON. */
  request(request: ApiRequest): Promise<unknown>;
  /** Feeds the answer as it comes; resolves when the server ends it. Never retried. */
  stream(request: StreamRequest, sink: StreamSink): Promise<void>;
  /** Ends all connections; running requests fail. */
  close(): Promise<void>;
}

interface Engine {
  readonly options: TransportOptions;
  readonly clock: Clock;
  readonly basePath: string;
  readonly admit: (signal: AbortSignal | undefined) => Promise<void> | undefined;
  readonly meter: RequestMeter | undefined;
}

/** Connects lazily: nothing happens before the first request. */
export function createTransport(options: TransportOptions): Transport {
  const { server, credentials, limits = {} } = options;
  const url = new URL(server);
  const clock = options.clock ?? systemClock;
  const pools = connectionPools(url.origin, credentials, limits);
  const bucket = tokenBucket(limits.qps ?? 1000, limits.burst ?? 2000);
  const engine: Engine = {
    options,
    clock,
    basePath: url.pathname.replace(/\/$/, ''),
    admit: (signal) => {
      const waitMs = bucket.reserve(clock.monotonic());
      return waitMs === 0 ? undefined : sleep(clock, waitMs, signal);
    },
    meter: options.metrics === undefined ? undefined : requestMeter(options.metrics),
  };
  return {
    server,
    credentials,
    request: (request) => requestWithRetries(engine, pools.requests, request),
    stream: (request, sink) => openStream(engine, pools.streams, request, sink),
    close: async () => {
      await Promise.all([pools.requests.destroy(), pools.streams.destroy()]);
    },
  };
}

async function requestWithRetries(engine: Engine, pool: Dispatcher, request: ApiRequest): Promise<unknown> {
  const attempts = engine.options.limits?.attempts ?? 5;
  for (let attempt = 1, fresh = false; ; attempt++) {
    try {
      return await attemptOnce(engine, pool, request, fresh);
    } catch (error) {
      const waitMs = attempt < attempts ? retryWaitMs(engine, request, error, { attempt, fresh }) : undefined;
      if (waitMs === undefined) throw error;
      fresh = error instanceof ApiError && error.status === 401;
      await sleep(engine.clock, waitMs, request.signal);
      request.signal?.throwIfAborted();
    }
  }
}

function retryWaitMs(
  { options }: Engine,
  { method }: ApiRequest,
  error: unknown,
  { attempt, fresh }: { readonly attempt: number; readonly fresh: boolean },
): number | undefined {
  if (!(error instanceof ApiError)) return undefined;
  if (error.status === 401) return fresh || options.credentials.authorization === undefined ? undefined : 0;
  return retryDelayMs({ method, error, attempt, random: (options.random ?? Math.random)() });
}

async function attemptOnce(engine: Engine, pool: Dispatcher, request: ApiRequest, fresh: boolean): Promise<unknown> {
  const waiting = engine.admit(request.signal);
  if (waiting !== undefined) await waiting;
  const { limits = {} } = engine.options;
  const outgoing = await prepare(engine, request, fresh, limits.bodyTimeoutMs ?? 30_000);
  const startedAt = engine.clock.monotonic();
  const answer = await exchange(pool, outgoing);
  engine.meter?.(request.verb, request.resource, answer.status, engine.clock.monotonic() - startedAt);
  if (answer.failure !== undefined) throw apiErrorOf(request, answer);
  return parse(request, answer.text);
}

async function openStream(engine: Engine, pool: Dispatcher, request: StreamRequest, sink: StreamSink): Promise<void> {
  await engine.admit(request.signal);
  const outgoing = await prepare(engine, request, false, request.idleTimeoutMs);
  const startedAt = engine.clock.monotonic();
  const open = (): void => {
    engine.meter?.(request.verb, request.resource, 200, engine.clock.monotonic() - startedAt);
    sink.onOpen?.();
  };
  const answer = await exchange(pool, outgoing, { ...sink, onOpen: open });
  if (answer.failure === undefined) return;
  if (!answer.opened) {
    engine.meter?.(request.verb, request.resource, answer.status, engine.clock.monotonic() - startedAt);
  }
  throw apiErrorOf(request, answer);
}

async function prepare(engine: Engine, request: ApiRequest, fresh: boolean, bodyTimeoutMs: number): Promise<Exchange> {
  request.signal?.throwIfAborted();
  const { credentials, limits = {}, userAgent } = engine.options;
  const asked = credentials.authorization?.(fresh);
  const authorization = typeof asked === 'object' ? await asked : asked;
  return {
    method: request.method,
    path: engine.basePath + request.path,
    headers: headersOf(request, authorization, userAgent),
    body: request.body,
    headersTimeoutMs: limits.headersTimeoutMs ?? 35_000,
    bodyTimeoutMs,
    signal: request.signal,
  };
}

function headersOf(
  { accept = 'application/json', body, contentType = 'application/json' }: ApiRequest,
  authorization: string | undefined,
  userAgent = 'spark-operator',
): Record<string, string> {
  const headers: Record<string, string> = { accept, 'user-agent': userAgent };
  if (authorization !== undefined) headers['authorization'] = authorization;
  if (body !== undefined) headers['content-type'] = contentType;
  return headers;
}

/** The API server guarantees JSON in a 2xx answer; a proxy in between may not. */
function parse(request: ApiRequest, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `The answer to ${request.verb} ${request.resource} was not JSON: is ${request.path} served by a Kubernetes API server?`;
    throw new ApiError({ status: 0, reason: 'NotJson', message, outcomeUnknown: request.method !== 'GET', cause });
  }
}

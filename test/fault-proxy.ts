import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { Agent, createServer as createTlsServer, request as httpsRequest } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';

import type { Credentials, Verb } from '../kube/transport.ts';

/** One request as it passed the proxy. */
export interface ProxiedRequest {
  readonly verb: Verb;
  /** The plural, with sub-resource: `pods`, `sparkapplications/status`. */
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  /** Path and query as sent. */
  readonly url: string;
  /** What the client got: the status, 0 when the proxy cut the connection, undefined while it is open. */
  status: number | undefined;
  /** True when the API server got it. */
  forwarded: boolean;
  readonly at: number;
}

/** What may go wrong. */
export type Fault =
  /** Answered by the proxy; the API server never sees it. */
  | { readonly kind: 'answer'; readonly status: number; readonly reason?: string; readonly retryAfterSeconds?: number }
  /** Forwarded after a while. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection ends: before the API server sees the request, or after it has acted on it. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'after' }
  /** A stream breaks after so many bytes: in the middle of a line, most likely. */
  | { readonly kind: 'cutStream'; readonly afterBytes: number }
  /** A stream stays open and brings nothing. */
  | { readonly kind: 'mute' }
  /** Neither forwarded nor answered. */
  | { readonly kind: 'hang' }
  /** A watch that opens and brings one ERROR event. */
  | { readonly kind: 'watchError'; readonly status: number; readonly reason: string };

/** The first rule that matches a request decides about it; without a match it passes unharmed. */
export interface FaultRule {
  readonly verb?: Verb;
  readonly resource?: string;
  readonly where?: (request: ProxiedRequest) => boolean;
  /** How often it strikes (default: always). */
  readonly times?: number;
  readonly fault: Fault;
}

export interface FaultProxyOptions {
  /** The API server, and how the proxy proves itself to it when the client sends no token. */
  readonly target: { readonly server: string; readonly credentials: Credentials };
  readonly rules?: readonly FaultRule[];
  /** With a certificate the proxy speaks TLS itself, else plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** A way to the API server on which things go wrong as told. */
export interface FaultProxy {
  /** `http://127.0.0.1:PORT` */
  readonly server: string;
  readonly port: number;
  /** Everything that came, in order. */
  readonly requests: readonly ProxiedRequest[];
  /** Replaces the rules; requests under way keep theirs. */
  setRules(rules: readonly FaultRule[]): void;
  /** How many requests came for this verb and resource (either may be left out). */
  count(which: { readonly verb?: Verb; readonly resource?: string }): number;
  /** Forgets what came so far. */
  forget(): void;
  /** Breaks all open watches. */
  cutStreams(): void;
  /** Ends all connections and refuses new ones: the API server is away. */
  down(): Promise<void>;
  /** Listens again, at the same port. */
  up(): Promise<void>;
  close(): Promise<void>;
}

interface Struck {
  readonly rule: FaultRule;
  left: number;
}

interface Upstream {
  readonly url: URL;
  readonly credentials: Credentials;
  readonly agent: Agent;
}

/** Starts on a free loopback port. */
export async function faultProxy({ target, rules = [], tls }: FaultProxyOptions): Promise<FaultProxy> {
  const upstream = upstreamOf(target);
  const requests: ProxiedRequest[] = [];
  const sockets = new Set<Socket>();
  const streams = new Set<ServerResponse>();
  let active = rules.map(armed);
  const onRequest: RequestListener = (request, response) => {
    const seen = describeRequest(request);
    requests.push(seen);
    if (seen.verb === 'watch') {
      streams.add(response);
      response.once('close', () => streams.delete(response));
    }
    strike(upstream, { seen, request, response, fault: faultFor(active, seen) });
  };
  const server = tls === undefined ? createServer(onRequest) : createTlsServer(tls, onRequest);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await listen(server, 0);
  const down = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    server: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    requests,
    setRules: (next) => {
      active = next.map(armed);
    },
    count: ({ verb, resource }) =>
      requests.filter((seen) => (verb ?? seen.verb) === seen.verb && (resource ?? seen.resource) === seen.resource)
        .length,
    forget: () => void requests.splice(0),
    cutStreams: () => {
      for (const stream of streams) stream.destroy();
    },
    down,
    up: async () => {
      await listen(server, port);
    },
    close: async () => {
      upstream.agent.destroy();
      if (server.listening) await down();
    },
  };
}

const armed = (rule: FaultRule): Struck => ({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });

function upstreamOf({ server, credentials }: FaultProxyOptions['target']): Upstream {
  const { ca, clientCertificate: cert, clientKey: key } = credentials;
  const agent = new Agent({
    keepAlive: true,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  });
  return { url: new URL(server), credentials, agent };
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

const verbs: Readonly<Record<string, Verb>> = { POST: 'create', PATCH: 'patch', PUT: 'update', DELETE: 'delete' };

/** Reads verb and resource off a request as the API server would. */
function describeRequest({ method = 'GET', url = '/' }: IncomingMessage): ProxiedRequest {
  const { pathname, searchParams } = new URL(url, 'http://proxy');
  const { namespace, plural, name, subresource } = partsOf(pathname);
  const reading: Verb = searchParams.get('watch') === 'true' ? 'watch' : name === undefined ? 'list' : 'get';
  return {
    verb: verbs[method] ?? reading,
    resource: subresource === undefined ? plural : `${plural}/${subresource}`,
    namespace,
    name,
    url,
    status: undefined,
    forwarded: false,
    at: Date.now(),
  };
}

interface PathParts {
  readonly namespace: string | undefined;
  readonly plural: string;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

/** `/api/v1/…` or `/apis/GROUP/VERSION/…`, then perhaps a namespace, then the resource. */
function partsOf(pathname: string): PathParts {
  const parts = pathname.split('/').filter((part) => part !== '');
  const rest = parts.slice(parts[0] === 'api' ? 2 : 3);
  const isNamespaced = rest[0] === 'namespaces' && rest.length > 2;
  const [plural = '', name, subresource] = isNamespaced ? rest.slice(2) : rest;
  return { namespace: isNamespaced ? rest[1] : undefined, plural, name, subresource };
}

function faultFor(rules: readonly Struck[], seen: ProxiedRequest): Fault | undefined {
  for (const struck of rules) {
    const { verb, resource, where, fault } = struck.rule;
    if (struck.left <= 0 || (verb ?? seen.verb) !== seen.verb || (resource ?? seen.resource) !== seen.resource)
      continue;
    if (where !== undefined && !where(seen)) continue;
    struck.left -= 1;
    return fault;
  }
  return undefined;
}

interface Passing {
  readonly seen: ProxiedRequest;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly fault: Fault | undefined;
}

function strike(upstream: Upstream, passing: Passing): void {
  const { fault } = passing;
  if (fault === undefined || (fault.kind === 'cut' && fault.when === 'after')) forward(upstream, passing);
  else if (fault.kind === 'answer') answerWith(passing, fault);
  else if (fault.kind === 'watchError') failWatch(passing, fault);
  else if (fault.kind === 'delay') delay(upstream, passing, fault.ms);
  else if (fault.kind === 'cut') cut(passing);
  else if (fault.kind !== 'hang') forward(upstream, passing);
}

function failWatch({ seen, response }: Passing, { status, reason }: Extract<Fault, { kind: 'watchError' }>): void {
  seen.status = 200;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify({ type: 'ERROR', object: statusOf(status, reason) })}\n`);
}

function delay(upstream: Upstream, passing: Passing, ms: number): void {
  const timer = setTimeout(() => forward(upstream, passing), ms);
  passing.response.once('close', () => clearTimeout(timer));
}

const statusOf = (code: number, reason: string): object => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  code,
  reason,
  message: `fault proxy: ${reason}`,
});

function answerWith({ seen, response }: Passing, fault: Extract<Fault, { kind: 'answer' }>): void {
  const { status, reason = 'Injected', retryAfterSeconds } = fault;
  seen.status = status;
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  });
  response.end(JSON.stringify(statusOf(status, reason)));
}

function cut({ seen, response }: Passing): void {
  seen.status = 0;
  response.destroy();
}

function forward({ url, credentials, agent }: Upstream, passing: Passing): void {
  const { seen, request, response, fault } = passing;
  seen.forwarded = true;
  const headers = { ...request.headers };
  delete headers.host;
  delete headers.connection;
  const asked = credentials.authorization?.(false);
  if (headers.authorization === undefined && typeof asked === 'string') headers.authorization = asked;
  const isTls = url.protocol === 'https:';
  const open = isTls ? httpsRequest : httpRequest;
  const out = open(
    {
      host: url.hostname,
      port: url.port,
      path: seen.url,
      method: request.method,
      headers,
      ...(isTls ? { agent } : {}),
    },
    (answer) => relay(passing, answer, fault),
  );
  out.on('error', () => cut(passing));
  response.once('close', () => out.destroy());
  request.pipe(out);
}

function relay(passing: Passing, answer: IncomingMessage, fault: Fault | undefined): void {
  const { seen, response } = passing;
  if (fault?.kind === 'cut') {
    // The answer is read to its end first: the API server has acted.
    answer.on('end', () => cut(passing)).resume();
    return;
  }
  seen.status = answer.statusCode ?? 0;
  response.writeHead(seen.status, answer.headers);
  response.flushHeaders();
  let left = fault?.kind === 'cutStream' ? fault.afterBytes : Number.POSITIVE_INFINITY;
  answer.on('data', (chunk: Buffer) => {
    if (fault?.kind === 'mute') return;
    response.write(chunk.subarray(0, left));
    left -= chunk.length;
    // A tick later, so that the bytes still leave.
    if (left <= 0) setImmediate(() => response.destroy());
  });
  answer.on('end', () => response.end());
  answer.on('error', () => response.destroy());
}

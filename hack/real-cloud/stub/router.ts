import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** One request that a route answers. */
export interface StubRequest {
  readonly method: string;
  readonly path: string;
  readonly match: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a route answers. */
export interface StubAnswer {
  readonly status: number;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The first route whose method and path fit answers. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  answer(request: StubRequest): StubAnswer;
}

const NOT_FOUND: StubAnswer = { status: 404, body: { error: { code: 404, message: 'Not Found', title: 'Not Found' } } };

/** An HTTP server of routes; the caller makes it listen. */
export function routeServer(routes: readonly Route[]): Server {
  return createServer((request, response) => {
    void readBody(request).then(
      (body) => send(response, answerOf(routes, request, body)),
      (error: unknown) => send(response, { status: 400, body: { error: { message: String(error) } } }),
    );
  });
}

function answerOf(routes: readonly Route[], request: IncomingMessage, body: StubRequest['body']): StubAnswer {
  const { pathname } = new URL(request.url ?? '/', 'http://stub');
  const method = request.method ?? 'GET';
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(pathname) : null;
    if (match !== null) {
      const groups = match.slice(1).map((part) => decodeURIComponent(part));
      return route.answer({ method, path: pathname, match: groups, body });
    }
  }
  return NOT_FOUND;
}

function send(response: ServerResponse, { status, body, headers }: StubAnswer): void {
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text), ...headers });
  response.end(text);
}

async function readBody(request: IncomingMessage): Promise<StubRequest['body']> {
  const chunks: Buffer[] = [];
  // A request stream gives buffers as long as no encoding is set.
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  // What callers send is theirs to get right: every reader of a field checks it.
  return text === '' ? {} : (JSON.parse(text) as StubRequest['body']);
}

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One write of a client, as it arrived. */
export interface RecordedWrite {
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly body: unknown;
}

/** An API server that remembers every write and accepts all of them. */
export interface Recorder {
  readonly url: string;
  /** The writes so far, in order; forgets them. */
  readonly take: () => readonly RecordedWrite[];
  readonly stop: () => Promise<void>;
}

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Starts the recorder on a free port of the loopback interface. */
export async function startRecorder(): Promise<Recorder> {
  let writes: RecordedWrite[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { method = 'GET', url = '/' } = request;
      const path = new URL(url, 'http://recorder').pathname;
      if (method !== 'GET') {
        writes = [...writes, { method, path, contentType: request.headers['content-type'] ?? '', body }];
      }
      answer(response, method, path, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is always of this shape.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    take: () => {
      const taken = writes;
      writes = [];
      return taken;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
}

/** What the API server adds to an object that it has stored. */
function stored(body: unknown): Json {
  const object = isJson(body) ? body : {};
  const metadata = isJson(object['metadata']) ? object['metadata'] : {};
  return {
    ...object,
    metadata: { ...metadata, uid: '00000000-0000-4000-8000-000000000001', resourceVersion: '1', namespace: 'jobs' },
  };
}

const notFound = (path: string): Json => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  reason: 'NotFound',
  code: 404,
  message: `${path} not found`,
});

function answer(response: ServerResponse, method: string, path: string, body: unknown): void {
  const [status, content]: [number, Json] =
    method === 'POST'
      ? [201, stored(body)]
      : method === 'PATCH' || method === 'PUT'
        ? [200, stored(body)]
        : method === 'DELETE'
          ? [200, { kind: 'Status', apiVersion: 'v1', status: 'Success' }]
          : path === '/version'
            ? [200, { major: '1', minor: '34', gitVersion: 'v1.34.0' }]
            : [404, notFound(path)];
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
}

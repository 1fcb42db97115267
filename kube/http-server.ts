import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What to answer to a GET. */
export interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export type Routes = Readonly<Record<string, () => Page | Promise<Page>>>;

/** A small server for probes and scrapes: GET only, a table of paths. */
export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens on `:8081`, `127.0.0.1:8081` or `[::1]:8081`; port 0 takes a free one. Rejects when the address is not of
 * this form or taken.
 */
export async function listen(bindAddress: string, routes: Routes): Promise<HttpServer> {
  const { host, port } = parseBindAddress(bindAddress);
  const server = createServer((request, response) => {
    const route = request.method === 'GET' ? routes[pathOf(request.url)] : undefined;
    if (route === undefined) {
      response.writeHead(404).end();
      return;
    }
    void answer(route).then(({ status, contentType, body }) => {
      response.writeHead(status, { 'content-type': contentType }).end(body);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, resolve);
  });
  return { port: boundPort(server), close: () => closed(server) };
}

async function answer(route: Routes[string]): Promise<Page> {
  try {
    return await route();
  } catch (error) {
    const body = error instanceof Error ? error.message : 'failed';
    return { status: 500, contentType: 'text/plain; charset=utf-8', body };
  }
}

const pathOf = (url = '/'): string => url.split('?', 1)[0] ?? '/';

/** Splits a bind address. Throws RangeError with the accepted forms. */
export function parseBindAddress(text: string): { readonly host: string | undefined; readonly port: number } {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) {
    throw new RangeError(`"${text}" is not a bind address: write :8080, 127.0.0.1:8080 or [::1]:8080`);
  }
  const host = match[1] ?? match[2];
  return { host: host === '' ? undefined : host, port };
}

function boundPort(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

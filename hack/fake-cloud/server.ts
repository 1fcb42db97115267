import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A server that can be taken down and brought up again at the same port. */
export interface Listener {
  readonly port: number;
  readonly down: () => Promise<void>;
  readonly up: () => Promise<void>;
}

export interface ListenerOptions {
  readonly address: string;
  /** 0 = any. */
  readonly port: number;
  /** PEM texts: HTTPS. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly onRequest: RequestListener;
}

/** Starts to listen. Throws the system's error when the address or port cannot be had. */
export async function startListener({ address, port: asked, tls, onRequest }: ListenerOptions): Promise<Listener> {
  const server = tls === undefined ? createServer(onRequest) : createTlsServer(tls, onRequest);
  const sockets = new Set<Socket>();
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await listen(server, address, asked);
  return {
    port,
    down: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
    up: async () => {
      await listen(server, address, port);
    },
  };
}

const listen = (server: Server, address: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.removeListener('error', reject);
      // Not a pipe: the server listens on a port.
      resolve((server.address() as AddressInfo).port);
    });
  });

/** The whole body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  // A request without an encoding gives buffers.
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Writes a whole answer; a HEAD request gets the length alone. */
export function send(
  response: ServerResponse,
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer },
): void {
  const hasLength = answer.status !== 204 && answer.status !== 304;
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(hasLength ? { 'content-length': String(answer.body.length) } : {}),
  });
  response.end(answer.body);
}

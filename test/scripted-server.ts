import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { kubeClient, type KubeClient } from '../kube/client.ts';
import { createTransport, type Transport, type TransportOptions } from '../kube/transport.ts';

/** Answers one request, at once or later; `count` is its number, from 1. */
export type Script = (request: IncomingMessage, response: ServerResponse, count: number) => unknown;

/** An HTTP server in this process that says what a test wants said, and a client that talks to it. */
export interface ScriptedServer {
  readonly client: KubeClient;
  readonly transport: Transport;
  /** `GET /path?query` of all requests. */
  readonly seen: readonly string[];
}

/** Answers with a JSON body. */
export function answerJson(
  response: ServerResponse,
  status: number,
  body: object = {},
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** Lends a server for the time of `use`. */
export async function withServer<R>(
  script: Script,
  use: (server: ScriptedServer) => Promise<R>,
  options: Partial<TransportOptions> = {},
): Promise<R> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    script(request, response, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const transport = createTransport({
    server: `http://127.0.0.1:${port}`,
    credentials: {},
    random: () => 0,
    ...options,
  });
  try {
    return await use({ client: kubeClient(transport), transport, seen });
  } finally {
    await transport.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

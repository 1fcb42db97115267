import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'node:https';
import { performance } from 'node:perf_hooks';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

export interface StallOptions {
  /** A request must be complete so long after its first byte. */
  readonly withinMs: number;
  /** How often to look. */
  readonly everyMs: number;
  /** So many connections may be open that have never sent anything; the oldest of more are cut. */
  readonly mostSilent: number;
}

/** What is known of an open connection. */
interface Line {
  /** Bytes received up to the end of the last exchange. */
  settled: number;
  /** When the first byte after that was noticed. */
  since: number | undefined;
  /** The request is complete; its answer is on the way. */
  complete: boolean;
}

/**
 * Cuts connections whose request does not arrive in time, and only those. Node's own `headersTimeout` also ends
 * connections on which nothing was ever sent. The API server keeps such in reserve (Go's HTTP client dials ahead): a
 * review that it sends at that moment fails with "connection reset by peer".
 */
export function cutStalledRequests(server: Server, { withinMs, everyMs, mostSilent }: StallOptions): void {
  const lines = new Map<Socket, Line>();
  server.on('secureConnection', (socket: TLSSocket) => {
    lines.set(socket, { settled: socket.bytesRead, since: undefined, complete: false });
    socket.once('close', () => lines.delete(socket));
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const line = lines.get(request.socket);
    if (line === undefined) return;
    request.once('end', () => (line.complete = true));
    response.once('finish', () => {
      Object.assign(line, { settled: request.socket.bytesRead, since: undefined, complete: false });
    });
  });
  const look = (): void => {
    const now = performance.now();
    for (const [socket, line] of lines) if (isStalled(socket.bytesRead, line, now, withinMs)) socket.destroy();
    const silent = [...lines.keys()].filter(({ bytesRead }) => bytesRead === 0);
    for (const socket of silent.slice(0, Math.max(0, silent.length - mostSilent))) socket.destroy();
  };
  const timer = setInterval(look, everyMs).unref();
  server.once('close', () => clearInterval(timer));
}

/** True when a request has begun, is not complete, and its time is over. Writes down when it began. */
function isStalled(received: number, line: Line, nowMs: number, withinMs: number): boolean {
  if (line.complete || received <= line.settled) return false;
  line.since ??= nowMs;
  return nowMs - line.since > withinMs;
}

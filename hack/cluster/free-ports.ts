import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

import { hasErrno } from './errno.ts';

/**
 * Below the ports that Kubernetes gives to nodes (30000 and up) and those that Linux lends to outgoing connections (32768 and
 * up): a port of these could be taken between our look at it and the start of the program that it is meant for.
 */
const FIRST = 15_000;
const LAST = 29_999;

/** Loopback ports that nobody listens on at this moment, all different; drawn, so that two runs rarely draw the same. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(FIRST, LAST + 1);
    const server = await listening(port);
    if (server === undefined) continue;
    servers.push(server);
    ports.push(port);
  }
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** A server on the port; undefined when it is taken. */
function listening(port: number): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (hasErrno(error, 'EADDRINUSE')) resolve(undefined);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

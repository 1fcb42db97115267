import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Writable } from 'node:stream';
import type { KubeConfig, PortForward } from '@kubernetes/client-node';
import type { ObjectRef } from './key.ts';
import { asStreamSocket } from './stream-socket.ts';

export interface PortForwardOptions {
  /** Of `loadKubeconfig`. */
  readonly config: KubeConfig;
  readonly pod: ObjectRef;
  /** 0 = any free one. */
  readonly localPort: number;
  readonly remotePort: number;
  /** Hears why a connection failed: nobody listens in the pod, the pod has ended… The forwarding goes on. */
  readonly onError?: ((message: string) => void) | undefined;
}

/** A port of this machine that leads into a pod. */
export interface PortForwarding {
  readonly localPort: number;
  /** Ends all connections and frees the port. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1; each connection becomes one stream to the pod through the API server, and ends with the pod.
 * Rejects when the local port cannot be taken (`code` EADDRINUSE).
 */
export async function forwardPort(options: PortForwardOptions): Promise<PortForwarding> {
  const { PortForward: Forward } = await import('@kubernetes/client-node');
  const forward = new Forward(options.config, true);
  const sockets = new Set<Socket>();
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void connect(forward, options, socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.localPort, '127.0.0.1', resolve);
  });
  return {
    localPort: portOf(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function connect(forward: PortForward, options: PortForwardOptions, socket: Socket): Promise<void> {
  const { pod, remotePort, onError } = options;
  const fail = (message: string): void => {
    if (message !== '') onError?.(message);
    socket.destroy();
  };
  socket.on('error', () => socket.destroy());
  const errors = new Writable({
    write: (chunk, _encoding, done) => {
      // The stream opens with an empty piece: the number of its port, which client-node has cut off.
      const message = String(chunk).trim();
      if (message !== '') fail(message);
      done();
    },
  });
  try {
    const namespace = pod.namespace ?? 'default';
    const stream = asStreamSocket(await forward.portForward(namespace, pod.name, [remotePort], socket, errors, socket));
    stream.addEventListener('close', () => socket.end());
    stream.addEventListener('error', () => fail('lost the connection to the API server'));
    socket.once('close', () => stream.close());
    socket.resume();
  } catch (error) {
    fail(messageOf(error));
  }
}

/** client-node rejects with an Error or with an event that carries a message. */
const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : 'cannot reach the pod';

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { parseBindAddress } from '../../kube/http-server.ts';
import type { ServingCertificate } from '../certificates/keeper.ts';
import { cutStalledRequests } from './stalled-requests.ts';

/** The HTTPS server that the API server calls. */
export interface AdmissionServer {
  readonly port: number;
  /** New connections get this certificate; connections that are open stay. */
  use(certificate: ServingCertificate): void;
  /** Takes no more connections, answers what is being answered, closes the rest; at most `withinMs`. */
  close(withinMs: number): Promise<void>;
}

export interface AdmissionServerOptions {
  readonly address: string;
  readonly tlsMinVersion: 'TLSv1.2' | 'TLSv1.3';
  readonly certificate: ServingCertificate;
  readonly listener: RequestListener;
}

/** Longer than the 90 s after which the API server itself closes an idle connection: so we never close first. */
const IDLE_MS = 120_000;

const limits = {
  handshakeTimeout: 5_000,
  // For connections on which nothing was ever sent, too; a request that has begun has less time (see `stall`).
  headersTimeout: IDLE_MS,
  requestTimeout: IDLE_MS,
  keepAliveTimeout: IDLE_MS,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
};

/** The API server waits at most 10 s for an answer: what takes longer to arrive is of no use to anyone. */
const stall = { withinMs: 5_000, everyMs: 1_000, mostSilent: 100 };

/** The API servers of a cluster keep a few dozen connections open; the rest are not theirs. */
const MAX_CONNECTIONS = 1_000;

/** Listens with HTTP/1.1 over TLS. Rejects when the address is taken or the certificate does not fit its key. */
export async function listenAdmission(options: AdmissionServerOptions): Promise<AdmissionServer> {
  const { host, port } = parseBindAddress(options.address);
  const context = ({ certificatePem: cert, keyPem: key }: ServingCertificate) => ({
    cert,
    key,
    minVersion: options.tlsMinVersion,
  });
  const server = createServer({ ...limits, ...context(options.certificate) }, options.listener);
  server.maxConnections = MAX_CONNECTIONS;
  server.maxHeadersCount = 100;
  cutStalledRequests(server, stall);
  let closing = false;
  // An API server keeps its connections for the next review: on the way down each ends with the answer it carries.
  server.on('request', ({ socket }, response) => {
    response.once('finish', () => {
      if (closing) socket.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, resolve);
  });
  return {
    port: boundPort(server),
    use: (certificate) => server.setSecureContext(context(certificate)),
    close: (withinMs) => {
      closing = true;
      return closed(server, withinMs);
    },
  };
}

function boundPort(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const closed = (server: Server, withinMs: number): Promise<void> =>
  new Promise((resolve) => {
    const giveUp = setTimeout(() => server.closeAllConnections(), withinMs);
    server.close(() => {
      clearTimeout(giveUp);
      resolve();
    });
    server.closeIdleConnections();
  });

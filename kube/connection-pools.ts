import { type Dispatcher, Pool } from 'undici';
import type { Credentials, TransportLimits } from './transport.ts';

/** Connections to one server: requests share a bounded set, so that streams can never use them up. */
export interface ConnectionPools {
  readonly requests: Dispatcher;
  readonly streams: Dispatcher;
}

/**
 * Keep-alive over HTTP/1.1. Idle connections are closed after a minute, before the API server does it (90 s), so that
 * a write does not meet a connection that the server is just closing.
 */
export function connectionPools(origin: string, credentials: Credentials, limits: TransportLimits): ConnectionPools {
  const connect = {
    timeout: limits.connectTimeoutMs ?? 10_000,
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
    rejectUnauthorized: credentials.insecureSkipTlsVerify !== true,
    ...(credentials.ca === undefined ? {} : { ca: credentials.ca }),
    ...(credentials.clientCertificate === undefined ? {} : { cert: credentials.clientCertificate }),
    ...(credentials.clientKey === undefined ? {} : { key: credentials.clientKey }),
    ...(credentials.serverName === undefined ? {} : { servername: credentials.serverName }),
  };
  const pool = (connections: number | null): Dispatcher =>
    new Pool(origin, { connect, connections, allowH2: false, pipelining: 1, keepAliveTimeout: 60_000 });
  return { requests: pool(limits.connections ?? 32), streams: pool(null) };
}

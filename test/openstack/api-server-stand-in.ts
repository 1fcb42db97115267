import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import { aCertificate, aKeyPair, anAuthority } from '../certificates.ts';

/** What answers where a cluster's API server should be. */
export interface StandIn {
  readonly server: string;
  readonly caPem: string;
  readonly close: () => Promise<void>;
}

const readyNode = { metadata: { name: 'node-0' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } };

/** @param status 200: lists are empty but for one ready node; else every request is refused so */
export async function apiServerStandIn(status: 200 | 401 = 200): Promise<StandIn> {
  const lifeMs = 10 * 365 * 86_400_000;
  const authority = anAuthority({ lifeMs });
  const cert = aCertificate({ authority, lifeMs, dnsNames: ['localhost'] });
  const listener = createServer({ cert, key: aKeyPair(2).privatePem }, (request, response) => {
    const items = request.url?.startsWith('/api/v1/nodes') === true ? [readyNode] : [];
    const body = status === 200 ? { metadata: { resourceVersion: '1' }, items } : { reason: 'Unauthorized' };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve));
  // It listens on a port, so it has one.
  const { port } = listener.address() as AddressInfo;
  return {
    server: `https://localhost:${port}`,
    caPem: authority.certificatePem,
    close: () =>
      new Promise((resolve) => {
        listener.closeAllConnections();
        listener.close(() => resolve());
      }),
  };
}

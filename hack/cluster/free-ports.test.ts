import { createServer } from 'node:net';

import { describe, expect, it } from '@jest/globals';

import { freePorts } from './free-ports.ts';

const listen = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });

describe('freePorts', () => {
  it('draws different ports, free ones, that neither Kubernetes nor outgoing connections use', async () => {
    const ports = await freePorts(20);
    expect(new Set(ports).size).toBe(20);
    expect(ports.every((port) => port >= 15_000 && port < 30_000)).toBe(true);
    await expect(Promise.all(ports.map(listen))).resolves.toHaveLength(20);
  });
});

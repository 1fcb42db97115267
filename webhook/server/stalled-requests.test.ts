import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aCertificate, aKeyPair, anAuthority } from '../../test/certificates.ts';
import { cutStalledRequests } from './stalled-requests.ts';

const WITHIN_MS = 200;
let server: Server;
let client: TLSSocket;
/** Of this test's connection: what came, and whether it is open. */
let seen: { received: string; isOpen: boolean };

beforeEach(async () => {
  const cert = aCertificate({ authority: anAuthority() });
  server = createServer({ cert, key: aKeyPair(2).privatePem }, (request, response) => {
    request.resume().once('end', () => void setTimeout(2 * WITHIN_MS).then(() => response.end('done')));
  });
  cutStalledRequests(server, { withinMs: WITHIN_MS, everyMs: 20, mostSilent: 3 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an address of this shape.
  const { port } = server.address() as AddressInfo;
  client = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  const mine = { received: '', isOpen: true };
  seen = mine;
  client.setEncoding('utf8').on('data', (text: string) => (mine.received += text));
  client.on('close', () => (mine.isOpen = false));
  client.on('error', () => undefined);
  await new Promise((resolve) => client.once('secureConnect', resolve));
});

afterEach(async () => {
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const head = (length: number): string => `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n`;

/** Writes a request in these pieces, at once. */
const cases: Record<string, { given: string; want: { readonly open: boolean; readonly answered: boolean } }> = {
  'nothing is sent: a connection in reserve stays': { given: '', want: { open: true, answered: false } },
  'half a head is cut': { given: 'POST / HT', want: { open: false, answered: false } },
  'half a body is cut': { given: `${head(10)}half`, want: { open: false, answered: false } },
  'a whole request is answered, however long that takes': {
    given: `${head(4)}full`,
    want: { open: true, answered: true },
  },
};

describe('cutStalledRequests', () => {
  it.each(Object.entries(cases))('%s', async (_name, { given, want }) => {
    if (given !== '') client.write(given);
    await setTimeout(4 * WITHIN_MS);
    expect({ open: seen.isOpen, answered: seen.received.includes('done') }).toEqual(want);
  });

  it('of more silent connections than an API server has in reserve, the oldest are cut', async () => {
    // A listening TCP server has an address of this shape.
    const { port } = server.address() as AddressInfo;
    const more = [1, 2, 3].map(() => connect({ port, host: '127.0.0.1', rejectUnauthorized: false }));
    await Promise.all(more.map((each) => new Promise((resolve) => each.once('secureConnect', resolve))));
    await setTimeout(WITHIN_MS);
    expect([seen.isOpen, ...more.map(({ destroyed }) => !destroyed)]).toEqual([false, true, true, true]);
    for (const each of more) each.destroy();
  });

  it('a connection that has been used stays, and its next request has its time again', async () => {
    client.write(`${head(4)}full`);
    await setTimeout(4 * WITHIN_MS);
    seen.received = '';
    client.write(`${head(4)}more`);
    await setTimeout(4 * WITHIN_MS);
    expect({ open: seen.isOpen, answered: seen.received.includes('done') }).toEqual({ open: true, answered: true });
    client.write('POST');
    await setTimeout(4 * WITHIN_MS);
    expect(seen.isOpen).toBe(false);
  });
});

import { Agent, request } from 'node:https';
import type { RequestListener } from 'node:http';
import { TLSSocket } from 'node:tls';
import { describe, expect, it } from '@jest/globals';
import { aCertificate, aKeyPair, anAuthority, NAMES } from '../../test/certificates.ts';
import type { ServingCertificate } from '../certificates/keeper.ts';
import { type AdmissionServer, listenAdmission } from './admission-server.ts';

const lifeMs = 100 * 365 * 86_400_000;
const authority = anAuthority({ lifeMs });
const serving = (): ServingCertificate => ({
  certificatePem: aCertificate({ authority, lifeMs }),
  keyPem: aKeyPair(2).privatePem,
});

const listen = (certificate: ServingCertificate, listener: RequestListener): Promise<AdmissionServer> =>
  listenAdmission({ address: '127.0.0.1:0', tlsMinVersion: 'TLSv1.3', certificate, listener });

interface Seen {
  readonly text: string;
  readonly serial: string;
  readonly localPort: number | undefined;
}

/** One GET; tells the certificate and the connection that it came over. */
const get = (port: number, agent: Agent): Promise<Seen> =>
  new Promise((resolve, reject) => {
    const sending = request(
      { host: '127.0.0.1', port, agent, ca: authority.certificatePem, servername: NAMES[2] },
      (response) => {
        const { socket } = response;
        const serial = socket instanceof TLSSocket ? socket.getPeerCertificate().serialNumber : '';
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.once('end', () => resolve({ text, serial, localPort: socket.localPort }));
      },
    );
    sending.once('error', reject).end();
  });

describe('the admission server', () => {
  it('takes a new certificate for new connections while old ones live on', async () => {
    const server = await listen(serving(), (_request, response) => void response.end('ok'));
    const [old, fresh] = [new Agent({ keepAlive: true, maxSockets: 1 }), new Agent({ keepAlive: true })];
    const first = await get(server.port, old);
    server.use(serving());
    const second = await get(server.port, old);
    const third = await get(server.port, fresh);
    expect(second.localPort).toBe(first.localPort);
    expect(second.serial).toBe(first.serial);
    expect(third.serial).not.toBe(first.serial);
    old.destroy();
    fresh.destroy();
    await server.close(1_000);
  });

  it('answers what is being answered before it closes, and takes no more connections', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let arrived = (): void => undefined;
    const begun = new Promise<void>((resolve) => (arrived = resolve));
    const server = await listen(serving(), (_request, response) => {
      arrived();
      void held.then(() => response.end('late'));
    });
    const agent = new Agent({ keepAlive: true });
    const answer = get(server.port, agent);
    await begun;
    const closed = server.close(10_000);
    await expect(get(server.port, new Agent())).rejects.toThrow(/ECONNREFUSED/);
    release();
    expect((await answer).text).toBe('late');
    await closed;
    agent.destroy();
  });

  it('closes in the end, whatever hangs', async () => {
    const server = await listen(serving(), () => undefined);
    const refused = expect(get(server.port, new Agent())).rejects.toThrow();
    await new Promise((resolve) => setImmediate(resolve));
    await server.close(50);
    await refused;
  });
});

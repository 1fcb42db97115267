import { X509Certificate } from 'node:crypto';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Dispatcher } from 'undici';

import { createCertificateAuthority } from '../../certificates/authority.ts';
import { commonNameOf } from '../../certificates/common-name.ts';
import { rsaKeyPair } from '../../certificates/key-pair.ts';
import { issueServerCertificate } from '../../certificates/server-certificate.ts';
import { serialNumber } from '../../certificates/serial-number.ts';
import { signedCertificate } from '../../certificates/signed-certificate.ts';
import { validityFrom } from '../../certificates/validity.ts';
import type { CloudTls } from '../cloud-config/cloud-config.ts';
import type { Environment } from '../cloud-config/environment.ts';
import { lacksAuthority } from './disconnection.ts';
import { dispatcherOf } from './dispatcher-of.ts';
import { exchangeOver, type Outgoing } from './exchange.ts';

const plain: CloudTls = { caFile: undefined, certFile: undefined, keyFile: undefined, verify: true };

const servers: Server[] = [];
const dispatchers: Dispatcher[] = [];
let folder = '';
let secure: Awaited<ReturnType<typeof certificateFor>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exchange-'));
  secure = await certificateFor('localhost');
  await writeFile(join(folder, 'ca.pem'), secure.ca);
  await writeFile(join(folder, 'other.pem'), (await certificateFor('other')).ca);
});

afterEach(async () => {
  await Promise.all(dispatchers.splice(0).map((dispatcher) => dispatcher.destroy()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function certificateFor(name: string) {
  const [authorityKeys, keys] = await Promise.all([rsaKeyPair(2048), rsaKeyPair(2048)]);
  const common = { random: Buffer.from(name.padEnd(16, '.')), nowMs: Date.now(), lifeMs: 3_600_000 };
  const authority = createCertificateAuthority({ name: 'test', keys: authorityKeys, ...common });
  const cert = issueServerCertificate({ authority, dnsNames: [name], keys, ...common });
  const client = signedCertificate(
    {
      subject: 'ada',
      issuer: commonNameOf(new X509Certificate(authority.certificatePem)),
      serial: serialNumber(Buffer.from('client certificate')),
      ...validityFrom(common.nowMs, common.lifeMs),
      publicKeyPem: keys.publicPem,
      extensions: [
        { name: 'basicConstraints', cA: false },
        { name: 'extKeyUsage', clientAuth: true },
      ],
    },
    authority.keyPem,
  );
  return { key: keys.privatePem, cert, ca: authority.certificatePem, client };
}

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port; // listens on a port, so its address is one
}

const http = (handler: RequestListener): Promise<number> => listen(createServer(handler));
const https = (handler: RequestListener): Promise<number> =>
  listen(createTlsServer({ key: secure.key, cert: secure.cert }, handler));

const sayOk: RequestListener = (request, response) => {
  response.writeHead(200, { 'X-Host': request.headers.host ?? '' }).end(request.url);
};

async function send(url: string, tls: CloudTls = plain, env: Environment = {}, more: Partial<Outgoing> = {}) {
  const dispatcher = await dispatcherOf({ tls, authUrl: url }, env);
  dispatchers.push(dispatcher);
  return exchangeOver(dispatcher)({ method: 'GET', url, headers: {}, body: undefined, timeoutMs: 5000, ...more });
}

describe('an exchange', () => {
  it('brings status, headers and text', async () => {
    const port = await http(sayOk);
    await expect(send(`http://127.0.0.1:${port}/a?b=c`)).resolves.toMatchObject({
      status: 200,
      headers: { 'x-host': `127.0.0.1:${port}` },
      text: '/a?b=c',
    });
  });

  it('trusts the authority of cacert', async () => {
    const port = await https(sayOk);
    const tls = { ...plain, caFile: join(folder, 'ca.pem') };
    await expect(send(`https://localhost:${port}/`, tls)).resolves.toMatchObject({ status: 200 });
  });

  it.each([
    ['no file', plain],
    ['the file of another authority', { ...plain, caFile: 'other.pem' }],
  ])('does not trust it with %s, and says so', async (_name, { caFile, ...tls }) => {
    const port = await https(sayOk);
    const named = caFile === undefined ? undefined : join(folder, caFile);
    const answer = await send(`https://localhost:${port}/`, { ...tls, caFile: named });
    expect(answer).toMatchObject({
      failure: 'Unreachable',
      said: 'localhost: its certificate is signed by an authority that is not known here',
      unsent: true,
      lasting: true,
    });
    expect('cause' in answer && lacksAuthority(answer.cause)).toBe(true);
  });

  it('trusts everybody on the word of a person', async () => {
    const port = await https(sayOk);
    await expect(send(`https://localhost:${port}/`, { ...plain, verify: false })).resolves.toMatchObject({
      status: 200,
    });
  });

  it('tells a certificate for another name', async () => {
    const port = await https(sayOk);
    const tls = { ...plain, caFile: join(folder, 'ca.pem') };
    await expect(send(`https://127.0.0.1:${port}/`, tls)).resolves.toMatchObject({
      said: '127.0.0.1: its certificate is for other names',
      lasting: true,
    });
  });

  it('tells HTTP where HTTPS was expected', async () => {
    const port = await http(sayOk);
    await expect(send(`https://127.0.0.1:${port}/`)).resolves.toMatchObject({
      said: '127.0.0.1: it speaks HTTP, not HTTPS, at this port',
    });
  });

  it('tells that nothing listens', async () => {
    const port = await http(sayOk);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    await expect(send(`http://127.0.0.1:${port}/`)).resolves.toMatchObject({
      failure: 'Unreachable',
      said: `nothing listens at 127.0.0.1, port ${port}`,
      unsent: true,
      lasting: false,
    });
  });

  it('tells a name without an address', async () => {
    await expect(send('http://keystone.invalid/')).resolves.toMatchObject({ failure: 'Unreachable', unsent: true });
  });

  it('tells a connection that breaks after the request was sent', async () => {
    const port = await http((request) => request.socket.destroy());
    await expect(send(`http://127.0.0.1:${port}/`)).resolves.toMatchObject({ failure: 'Unreachable', unsent: false });
  });

  it('waits no longer than it is told', async () => {
    const port = await http(() => undefined);
    await expect(send(`http://127.0.0.1:${port}/`, plain, {}, { timeoutMs: 200 })).resolves.toMatchObject({
      failure: 'TimedOut',
      said: '127.0.0.1 did not answer within 0.2 s',
      unsent: false,
    });
  });

  it('goes through the proxy of the environment, except where it shall not', async () => {
    const proxy = await http((request, response) => {
      response.end(`by proxy: ${request.url ?? ''}`);
    });
    const port = await http(sayOk);
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy}` };
    await expect(send('http://keystone.invalid/v3', plain, env)).resolves.toMatchObject({
      text: 'by proxy: http://keystone.invalid/v3',
    });
    const except = { ...env, NO_PROXY: '127.0.0.1' };
    await expect(send(`http://127.0.0.1:${port}/v3`, plain, except)).resolves.toMatchObject({ text: '/v3' });
  });

  it('trusts the authority of cacert behind a proxy, too', async () => {
    const port = await https(sayOk);
    const connects: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request: IncomingMessage, socket: Duplex) => {
      connects.push(request.url ?? '');
      const through = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        through.pipe(socket).pipe(through);
      });
      for (const end of [socket, through]) end.on('error', () => through.destroy());
    });
    const env = { https_proxy: `http://127.0.0.1:${await listen(proxy)}` };
    const tls = { ...plain, caFile: join(folder, 'ca.pem') };
    await expect(send(`https://localhost:${port}/`, tls, env)).resolves.toMatchObject({ status: 200 });
    expect(connects).toEqual([`localhost:${port}`]);
    await expect(send(`https://localhost:${port}/`, plain, env)).resolves.toMatchObject({ lasting: true });
  });

  it('shows a certificate where one is configured', async () => {
    const asking = createTlsServer(
      { key: secure.key, cert: secure.cert, ca: secure.ca, requestCert: true, rejectUnauthorized: false },
      (request, response) => {
        response.end(String(request.socket instanceof TLSSocket && request.socket.authorized));
      },
    );
    const port = await listen(asking);
    await writeFile(join(folder, 'client.pem'), secure.client);
    await writeFile(join(folder, 'client.key'), secure.key);
    const tls = { ...plain, caFile: join(folder, 'ca.pem') };
    const shown = { ...tls, certFile: join(folder, 'client.pem'), keyFile: join(folder, 'client.key') };
    await expect(send(`https://localhost:${port}/`, shown)).resolves.toMatchObject({ text: 'true' });
    await expect(send(`https://localhost:${port}/`, tls)).resolves.toMatchObject({ text: 'false' });
  });

  it('reads no proxy from anywhere else', async () => {
    const port = await http(sayOk);
    process.env['HTTP_PROXY'] = 'http://127.0.0.1:1';
    try {
      await expect(send(`http://127.0.0.1:${port}/v3`)).resolves.toMatchObject({ status: 200 });
    } finally {
      delete process.env['HTTP_PROXY'];
    }
  });
});

describe('files of certificates', () => {
  it.each([
    ['a file that is not there', { caFile: '/gone/ca.pem' }, 'cacert names a file that cannot be read: ENOENT'],
    [
      'a file that is no PEM',
      { caFile: import.meta.filename },
      `cacert names ${import.meta.filename}, which is no PEM file`,
    ],
  ])('%s is a mistake in the configuration', async (_name, files, message) => {
    await expect(dispatcherOf({ tls: { ...plain, ...files }, authUrl: 'https://k/v3' }, {})).rejects.toMatchObject({
      message: expect.stringContaining(message),
      exitCode: 2,
    });
  });
});

describe('Ctrl-C', () => {
  it('ends the wait for a read, not for an order, and hinders nothing that begins later', async () => {
    const interruption = new AbortController();
    const port = await http((request, response) => {
      if (request.method === 'GET' && !interruption.signal.aborted) interruption.abort();
      else response.end('done');
    });
    const url = `http://127.0.0.1:${port}/`;
    const interrupted = interruption.signal;
    const [read, order] = await Promise.all([
      send(url, plain, {}, { interrupted }),
      send(url, plain, {}, { interrupted, method: 'POST' }),
    ]);
    expect(read).toMatchObject({ status: 0 });
    expect(order).toMatchObject({ status: 200 });
    await expect(send(url, plain, {}, { interrupted })).resolves.toMatchObject({ status: 200 });
  });
});

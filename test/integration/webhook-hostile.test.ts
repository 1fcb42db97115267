import { request, type RequestOptions } from 'node:https';
import { readFile } from 'node:fs/promises';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LABEL_APP_NAME, LABEL_LAUNCHED_BY, LABEL_SPARK_ROLE } from '../../api/labels.ts';
import { until } from './controller-harness.ts';
import { startWebhookCluster, type WebhookCluster } from './webhook-harness.ts';

const PODS = '/mutate--v1-pod';
const APPLICATIONS = '/validate-sparkoperator-k8s-io-v1beta2-sparkapplication';
const SERVICE = 'spark-operator-webhook-svc.spark-operator.svc';

let cluster: WebhookCluster;
let ca: string;

beforeAll(async () => {
  cluster = await startWebhookCluster('webhook-hostile');
  ca = await cluster.webhook.ca();
}, 180_000);

afterAll(async () => cluster.stop(), 60_000);

interface Answer {
  readonly status: number;
  readonly text: string;
}

interface More {
  readonly method?: string;
  readonly maxVersion?: 'TLSv1.2';
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request on a connection of its own. */
const send = (path: string, body: string | Buffer, more: More = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { headers, ...rest } = more;
    const options: RequestOptions = {
      host: '127.0.0.1',
      port: cluster.webhook.port,
      path,
      method: 'POST',
      ca,
      servername: SERVICE,
      agent: false,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
      ...rest,
    };
    const sending = request(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text })).once('error', reject);
    });
    sending.once('error', reject).end(body);
  });

const review = (kind: object, object: unknown): object => ({
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  request: { uid: 'uid-1', kind, namespace: 'team', operation: 'CREATE', userInfo: {}, object },
});
const POD = { group: '', version: 'v1', kind: 'Pod' };
const APP = { group: 'sparkoperator.k8s.io', version: 'v1beta2', kind: 'SparkApplication' };

const podReview = (object: unknown): string => JSON.stringify(review(POD, object));
const good = podReview({ metadata: { labels: {} }, spec: { containers: [] } });

/** An open TLS connection, and everything that comes from it until it closes. */
function open(): { readonly socket: TLSSocket; readonly closed: Promise<string> } {
  const socket = connect({ host: '127.0.0.1', port: cluster.webhook.port, ca, servername: SERVICE });
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const closed = new Promise<string>((resolve) => {
    socket.once('close', () => resolve(text)).once('error', () => resolve(text));
  });
  return { socket, closed };
}

const refused: Record<string, { send: () => Promise<Answer>; want: number }> = {
  'a body of 4 MiB': { send: () => send(PODS, Buffer.alloc(4 << 20, 0x20)), want: 413 },
  'another content type': { send: () => send(PODS, good, { headers: { 'content-type': 'text/yaml' } }), want: 415 },
  'a compressed body': { send: () => send(PODS, good, { headers: { 'content-encoding': 'gzip' } }), want: 415 },
  'another method': { send: () => send(PODS, '', { method: 'GET' }), want: 405 },
  'another path': { send: () => send('/metrics', good), want: 404 },
  'no body': { send: () => send(PODS, ''), want: 400 },
  garbage: { send: () => send(PODS, Buffer.from([0, 255, 1, 254])), want: 400 },
  'half a JSON text': { send: () => send(PODS, good.slice(0, 40)), want: 400 },
  'a hundred thousand levels': { send: () => send(PODS, `${'['.repeat(1e5)}${']'.repeat(1e5)}`), want: 400 },
  'sixty-five levels in an annotation-like place': {
    send: () => send(PODS, podReview(JSON.parse(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`))),
    want: 400,
  },
  'an AdmissionReview of another version': {
    send: () => send(PODS, good.replace('admission.k8s.io/v1', 'admission.k8s.io/v1beta1')),
    want: 400,
  },
  'another kind': { send: () => send(PODS, good.replace('AdmissionReview', 'Pod')), want: 400 },
  'an object of another kind': { send: () => send(APPLICATIONS, good), want: 400 },
  'a request without uid': { send: () => send(PODS, good.replace('uid-1', '')), want: 400 },
  'an object that is a list': { send: () => send(PODS, podReview([])), want: 400 },
  'a header of 32 KiB': { send: () => send(PODS, good, { headers: { 'x-long': 'a'.repeat(32_768) } }), want: 431 },
};

describe('the admission server', () => {
  it.each(Object.entries(refused))('refuses %s', async (_what, { send: act, want }) => {
    const { status, text } = await act();
    expect(status).toBe(want);
    expect(text.length).toBeLessThan(300);
    await stillServes();
  });

  it('stops reading a body that does not say its length after 3 MiB', async () => {
    const endless = send(PODS, Buffer.alloc(64 << 20, 0x20), { headers: { 'transfer-encoding': 'chunked' } });
    // The answer may be lost on the way to a client that goes on writing.
    const end = await endless.then(
      ({ status }) => status,
      (error: unknown) => (typeof error === 'object' && error !== null && 'code' in error ? error.code : error),
    );
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(end);
    await stillServes();
  });

  it('speaks TLS 1.3 and nothing older', async () => {
    await expect(send(PODS, good, { maxVersion: 'TLSv1.2' })).rejects.toThrow();
    await stillServes();
  });

  it('leaves a connection whose head comes drop by drop within seconds, and keeps a silent one for the API server', async () => {
    const [silent, dropping] = [open(), open()];
    dropping.socket.write('POST / HTTP/1.1\r\n');
    const drops = setInterval(() => dropping.socket.write('x-drop: 1\r\n'), 500);
    const start = Date.now();
    await dropping.closed;
    clearInterval(drops);
    expect(Date.now() - start).toBeLessThan(9_000);
    expect(silent.socket.closed).toBe(false);
    silent.socket.destroy();
    await stillServes();
  }, 20_000);

  it('leaves a request whose body never ends before the API server gives up', async () => {
    const { socket, closed } = open();
    const start = Date.now();
    socket.write(
      `POST ${PODS} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"half`,
    );
    await closed;
    expect(Date.now() - start).toBeLessThan(11_000);
    await stillServes();
  }, 20_000);

  it('survives a connection that breaks in the middle of a request, and text that is not HTTP', async () => {
    for (const text of [
      'POST / HT',
      'SSH-2.0-x\r\n\r\n',
      `POST ${PODS} HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{`,
    ]) {
      const { socket, closed } = open();
      await new Promise<void>((resolve) => socket.write(text, () => resolve()));
      socket.destroy();
      await closed;
    }
    await stillServes();
  });

  it('holds five hundred open connections and still answers', async () => {
    const held = Array.from({ length: 500 }, open);
    await Promise.all(held.map(({ socket }) => new Promise((resolve) => socket.once('secureConnect', resolve))));
    await stillServes();
    for (const { socket } of held) socket.destroy();
  }, 30_000);
});

describe('hostile objects', () => {
  const ours = { [LABEL_LAUNCHED_BY]: 'true', [LABEL_APP_NAME]: 'pi', [LABEL_SPARK_ROLE]: 'driver' };

  it.each([
    ['keys of prototypes', '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'],
    ['an escaped key', '{"\\u005f_proto__":{"polluted":true}}'],
  ])('with %s change nothing', async (_what, labels) => {
    const body = podReview({ metadata: { labels: ours }, spec: { containers: [] } }).replace(
      '"containers"',
      `"nodeSelector":${labels},"containers"`,
    );
    const { status, text } = await send(PODS, body);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ response: { uid: 'uid-1', allowed: true } });
    const app = JSON.stringify(review(APP, { metadata: { name: 'a' }, spec: { sparkConf: 1 } })).replace(
      '"sparkConf":1',
      `"mainApplicationFile":"local:///a.py","image":"a","sparkConf":${labels}`,
    );
    const judged = await send(APPLICATIONS, app);
    expect(JSON.parse(judged.text)).toMatchObject({ response: { uid: 'uid-1', allowed: false } });
    expect(judged.text).not.toContain('polluted');
    await stillServes();
  });

  it.each([
    ['labels that are a number', { metadata: { labels: 7 }, spec: {} }],
    ['containers that are text', { metadata: { labels: ours }, spec: { containers: 'all' } }],
    ['no spec', { metadata: { labels: ours } }],
    ['metadata that is null', { metadata: null, spec: null }],
    ['ten thousand volumes', { metadata: { labels: ours }, spec: { containers: [], volumes: many() } }],
  ])('pods with %s pass, and the uid comes back', async (_what, pod) => {
    const { status, text } = await send(PODS, podReview(pod));
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ response: { uid: 'uid-1', allowed: true } });
  });

  it.each([
    ['a spec that is null', { metadata: { name: 'a' }, spec: null }],
    [
      'a driver that is a list',
      { metadata: { name: 'a' }, spec: { mainApplicationFile: 'local:///a.jar', driver: [] } },
    ],
    [
      'volumes that are numbers',
      { metadata: { name: 'a' }, spec: { mainApplicationFile: 'local:///a.py', image: 'a', volumes: [1, 2] } },
    ],
  ])('applications with %s are refused, and the uid comes back', async (_what, app) => {
    const { status, text } = await send(APPLICATIONS, JSON.stringify(review(APP, app)));
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ response: { uid: 'uid-1', allowed: false, status: { code: 422 } } });
  });

  it('do not make the process grow', async () => {
    const large = podReview({ metadata: { labels: ours }, spec: { containers: [], volumes: many() } });
    for (let i = 0; i < 60; i += 1) await send(PODS, large);
    expect(await residentMiB(cluster.webhook.pid)).toBeLessThan(250);
  }, 60_000);
});

function many(): readonly object[] {
  return Array.from({ length: 10_000 }, (_, i) => ({ name: `v${i}`, emptyDir: {} }));
}

async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** The same process answers a good review. */
async function stillServes(): Promise<void> {
  const { status, text } = await send(PODS, good);
  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ response: { uid: 'uid-1', allowed: true } });
}

describe('the way down', () => {
  it('is not ready at once, answers on for the delay, and ends in order', async () => {
    await cluster.restart(['--shutdown-delay=3s']);
    expect(await cluster.webhook.ready()).toMatchObject({ status: 200 });
    const start = Date.now();
    const ended = cluster.webhook.end('SIGTERM');
    await until('readiness to be withdrawn', async () =>
      (await cluster.webhook.ready()).status === 503 ? true : undefined,
    );
    expect((await cluster.webhook.ready()).text).toContain('[-] server: stopping');
    while (Date.now() - start < 2_000) await stillServes();
    expect(await ended).toBe(0);
    expect(Date.now() - start).toBeGreaterThanOrEqual(3_000);
    await cluster.restart([]);
  }, 120_000);
});

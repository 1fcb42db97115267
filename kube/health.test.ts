import { describe, expect, it } from '@jest/globals';
import { listenHealth } from './health.ts';
import { parseBindAddress } from './http-server.ts';
import { createMetrics } from './metrics.ts';
import { listenMetrics } from './metrics-server.ts';
import { addProcessMetrics } from './process-metrics.ts';

const get = async (port: number, path: string): Promise<{ status: number; body: string }> => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: answer.status, body: await answer.text() };
};

describe('the health server', () => {
  it('tells what is not ready, and when it is', async () => {
    let problem: string | undefined = 'pods are not listed yet';
    const server = await listenHealth({ bindAddress: '127.0.0.1:0', ready: { caches: () => problem } });
    try {
      expect(await get(server.port, '/healthz')).toEqual({ status: 200, body: 'ok\n' });
      expect(await get(server.port, '/readyz')).toEqual({
        status: 503,
        body: '[-] caches: pods are not listed yet\nfailed\n',
      });
      problem = undefined;
      expect(await get(server.port, '/readyz?verbose')).toEqual({ status: 200, body: '[+] caches\nok\n' });
      expect(await get(server.port, '/elsewhere')).toMatchObject({ status: 404 });
    } finally {
      await server.close();
    }
  });

  it('rejects when the port is taken', async () => {
    const first = await listenHealth({ bindAddress: '127.0.0.1:0', ready: {} });
    const second = listenHealth({ bindAddress: `127.0.0.1:${first.port}`, ready: {} });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
  });
});

describe('the metrics server', () => {
  it('serves what was counted, with prefix and labels', async () => {
    const metrics = createMetrics({ prefix: 'site_' });
    metrics.counter<'state'>({ name: 'apps_total', help: 'Apps.', labels: ['state'] }).inc({ state: 'FAILED' }, 2);
    metrics.gauge<'name'>({
      name: 'depth',
      help: 'Depth.',
      labels: ['name'],
      readAll: () => [{ labels: { name: 'apps' }, value: 3 }],
    });
    addProcessMetrics(metrics);
    const server = await listenMetrics('127.0.0.1:0', metrics);
    try {
      const { status, body } = await get(server.port, '/metrics');
      expect(status).toBe(200);
      expect(body).toContain('site_apps_total{state="FAILED"} 2');
      expect(body).toContain('site_depth{name="apps"} 3');
      expect(body).toMatch(/site_process_resident_memory_bytes \d{7,}/);
    } finally {
      await server.close();
    }
  });
});

describe('a bind address', () => {
  const good: Record<string, object> = {
    ':8081': { host: undefined, port: 8081 },
    '127.0.0.1:0': { host: '127.0.0.1', port: 0 },
    '[::1]:80': { host: '::1', port: 80 },
  };
  it.each(Object.entries(good))('%s', (text, want) => {
    expect(parseBindAddress(text)).toEqual(want);
  });
  it.each(['8081', ':', ':99999', '::1:80', ''])('"%s" is refused with the forms that work', (text) => {
    expect(() => parseBindAddress(text)).toThrow(/write :8080/);
  });
});

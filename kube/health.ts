import { type HttpServer, listen, type Page } from './http-server.ts';

/** Says what is wrong, or undefined when all is well. */
export type Check = () => string | undefined;

export interface HealthOptions {
  /** `:8081` or `host:8081`. */
  readonly bindAddress: string;
  /** Failing = restart this process. Left out = it is alive when it answers. */
  readonly live?: Readonly<Record<string, Check>> | undefined;
  /** Failing = not ready (caches not synced…). */
  readonly ready: Readonly<Record<string, Check>>;
}

/** Serves `/healthz` (and `/livez`) and `/readyz`: 200 or 503, one line for each check. */
export const listenHealth = ({ bindAddress, live = {}, ready }: HealthOptions): Promise<HttpServer> =>
  listen(bindAddress, {
    '/healthz': () => report(live),
    '/livez': () => report(live),
    '/readyz': () => report(ready),
  });

function report(checks: Readonly<Record<string, Check>>): Page {
  const results = Object.entries(checks).map(([name, check]) => ({ name, problem: check() }));
  const lines = results.map(({ name, problem }) => (problem === undefined ? `[+] ${name}` : `[-] ${name}: ${problem}`));
  const isWell = results.every(({ problem }) => problem === undefined);
  return {
    status: isWell ? 200 : 503,
    contentType: 'text/plain; charset=utf-8',
    body: [...lines, isWell ? 'ok' : 'failed', ''].join('\n'),
  };
}

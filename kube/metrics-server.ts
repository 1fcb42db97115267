import { type HttpServer, listen } from './http-server.ts';
import type { Metrics } from './metrics.ts';

/** Serves `/metrics` in the Prometheus text format on `:8080` or `host:8080`. */
export const listenMetrics = (bindAddress: string, metrics: Metrics): Promise<HttpServer> =>
  listen(bindAddress, {
    '/metrics': async () => ({ status: 200, contentType: metrics.contentType, body: await metrics.text() }),
  });

import { kubeClient } from '../kube/client.ts';
import { connectionOf } from '../kube/connection.ts';
import { ConfigError } from '../kube/flags.ts';
import { listenHealth } from '../kube/health.ts';
import { createLogger } from '../kube/log.ts';
import { createMetrics } from '../kube/metrics.ts';
import { listenMetrics } from '../kube/metrics-server.ts';
import { createTransport } from '../kube/transport.ts';
import { loadConfig } from './config.ts';
import { controller } from './controller.ts';

/** Wiring of the process: flags, connection, servers, signals. Resolves with the exit code. */
async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const config = loadConfig(argv, env);
  const log = createLogger({ level: config.logLevel, encoder: config.logEncoder });
  const metrics = createMetrics({ prefix: config.metrics.prefix });
  const limits = { qps: config.kubeApiQps, burst: config.kubeApiBurst };
  const transport = createTransport({
    ...(await connectionOf(config, env)),
    limits,
    metrics,
    userAgent: 'spark-operator',
  });
  const servers: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
    await transport.close();
  };
  const program = controller({ config, client: kubeClient(transport), metrics, log, cleanup: [close] });
  const ready = { caches: () => (program.synced() ? undefined : 'not synced yet') };
  servers.push(await listenHealth({ bindAddress: config.healthAddress, ready }));
  if (config.metrics.enabled) servers.push(await listenMetrics(config.metrics.address, metrics));

  if (config.ingressUrlFormat !== undefined)
    log.warn('Ingresses of the Spark UI are not built yet: --ingress-url-format has no effect');

  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort(new Error(signal)));
  log.info({ namespaces: config.namespaces, leaderElection: config.leaderElection.enabled }, 'Starting the controller');
  return program.run(stop.signal);
}

try {
  process.exitCode = await main(process.argv.slice(2), process.env);
} catch (error) {
  const { message } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`spark-operator controller: ${message}\n`);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}

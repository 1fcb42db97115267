import type { KubeClient } from '../kube/client.ts';
import { type Clock, sleep, systemClock } from '../kube/clock.ts';
import type { Check } from '../kube/health.ts';
import type { Logger } from '../kube/log.ts';
import type { Metrics } from '../kube/metrics.ts';
import { runProgram, type Watching } from '../kube/program.ts';
import { type CertificateKeeper, certificateKeeper, type ServingCertificate } from './certificates/keeper.ts';
import type { WebhookConfig } from './config.ts';
import { routesOf } from './routes.ts';
import { admissionApp } from './server/admission-app.ts';
import { listenAdmission } from './server/admission-server.ts';
import { reviewMeter } from './server/meter.ts';
import { watches } from './watches.ts';
import { warmUp } from './warm-up/warm-up.ts';
import { worldOf } from './world.ts';

/** The outside world of the webhook. */
export interface WebhookOptions {
  readonly config: WebhookConfig;
  readonly client: KubeClient;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly clock?: Clock;
  /** Run at the very end: close servers and the transport. */
  readonly cleanup?: readonly (() => Promise<void>)[];
}

/** The webhook, wired but not started. */
export interface Webhook {
  /** Readiness: each says what is missing, or undefined. */
  readonly ready: Readonly<Record<string, Check>>;
  /** Works until `stop` aborts; the exit code. */
  run(stop: AbortSignal): Promise<number>;
}

/** What is being answered when the program stops gets so long. */
const IN_FLIGHT_MS = 10_000;

/** Wires informers, the certificate and the admission server together. */
export function webhook(options: WebhookOptions): Webhook {
  const { config, client, metrics, log, clock = systemClock, cleanup = [] } = options;
  const { namespaces, namespaceSelector, operatorNamespace } = config;
  const keeper = keeperOf(options);
  const watched = watches({ client, namespaces, namespaceSelector, operatorNamespace, log, metrics });
  const app = admissionApp({
    routes: routesOf(worldOf({ config, client, watched, clock, log })),
    maxRequestBytes: config.maxRequestBytes,
    meter: reviewMeter(metrics),
    log,
  });
  let phase: 'starting' | 'serving' | 'stopping' = 'starting';
  const work = async (stop: AbortSignal): Promise<void> => {
    const certificate = keeper.current();
    if (certificate === undefined) return;
    const { webhookAddress: address, tlsMinVersion } = config;
    const server = await listenAdmission({ address, tlsMinVersion, certificate, listener: app });
    keeper.onChange((next) => server.use(next));
    log.info({ port: server.port }, 'Serving admission reviews');
    await warmUp({ certificate, log });
    phase = 'serving';
    await aborted(stop);
    phase = 'stopping';
    log.info({ delayMs: config.shutdownDelayMs }, 'Stopping when the endpoints are gone');
    await sleep(clock, config.shutdownDelayMs);
    await server.close(IN_FLIGHT_MS);
  };
  const stopWithinMs = config.shutdownDelayMs + IN_FLIGHT_MS + 1_000;
  return {
    ready: {
      caches: () => (watched.synced() ? undefined : 'not synced yet'),
      certificate: () => keeper.problem(),
      server: () => (phase === 'serving' ? undefined : phase),
    },
    run: (stop) =>
      runProgram({ log, informers: [watched, certified(keeper)], work, cleanup, clock, stopWithinMs }, stop),
  };
}

function keeperOf({ config, client, log, metrics, clock }: WebhookOptions): CertificateKeeper {
  const { issuer, secretName, serviceName, configurationName, leafLifeMs, caLifeMs } = config.certificate;
  const secret = { namespace: config.operatorNamespace, name: secretName };
  const lives = { leafLifeMs, caLifeMs };
  const { identity } = config;
  return certificateKeeper({
    ...{ client, log, metrics, clock, issuer, secret, serviceName, configurationName, identity },
    ...lives,
  });
}

/** The keeper as something that is ready once there is a certificate to serve. */
function certified(keeper: CertificateKeeper): Watching {
  const first = new Promise<ServingCertificate>((resolve) => keeper.onChange(resolve));
  return {
    run: (stop) => keeper.run(stop),
    whenSynced: async (stop) => {
      if (keeper.current() === undefined) await (stop === undefined ? first : Promise.race([first, aborted(stop)]));
    },
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

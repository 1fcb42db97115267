import { writeSync } from 'node:fs';

import { kubeClient } from '../kube/client.ts';
import { systemClock } from '../kube/clock.ts';
import { connectionOf } from '../kube/connection.ts';
import { createLogger } from '../kube/log.ts';
import { createTransport } from '../kube/transport.ts';
import { certificates } from './certificates.ts';
import { cleanup, type CleanupSettings } from './cleanup.ts';
import { loadConfig, type HookConfig } from './config.ts';
import { crds } from './crds.ts';
import type { Hook } from './hook.ts';
import { preflight } from './preflight/preflight.ts';
import { exitCodeOf, failure, lineOf, type HookReport } from './report.ts';
import { runHook } from './run-hook.ts';

/** Bounds of one request: the hook's own time is about a minute. */
const LIMITS = { connectTimeoutMs: 5_000, headersTimeoutMs: 15_000, bodyTimeoutMs: 15_000, attempts: 3 } as const;

/** Wiring: flags, connection, signals. Never rejects. */
async function main([name = '', ...argv]: readonly string[], env: NodeJS.ProcessEnv): Promise<HookReport> {
  try {
    const config = loadConfig([name, ...argv], env);
    const stop = new AbortController();
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => stop.abort(new Error(`Stopped by ${signal}`)));
    const log = createLogger({
      level: config.logLevel,
      encoder: config.logEncoder,
      // Standard output is for the one line of the outcome.
      write: (line) => void process.stderr.write(line),
    });
    const transport = createTransport({ ...(await connectionOf(config, env)), limits: LIMITS });
    const world = { client: kubeClient(transport), log, clock: systemClock, stop: stop.signal };
    return await runHook(await hookOf(config), { ...world, name: config.hook, timeoutMs: config.timeoutMs });
  } catch (error) {
    return failure(name, error);
  }
}

/** What talks to OpenStack is loaded only where it is needed: the other hooks are small. */
async function hookOf(config: HookConfig): Promise<Hook> {
  switch (config.hook) {
    case 'preflight':
      return preflight(config.settings);
    case 'certificates':
      return certificates(config.settings);
    case 'crds':
      return crds(config.settings);
    case 'openstack-init': {
      const { openStackInit } = await import('./openstack-init/openstack-init.ts');
      const { cloudWorld } = await import('./openstack-init/cloud-world.ts');
      return openStackInit(config.settings, cloudWorld());
    }
    case 'cleanup':
      return config.settings.openStack === undefined ? cleanup(config.settings) : cleanupOfCloud(config.settings);
  }
}

async function cleanupOfCloud(settings: CleanupSettings): Promise<Hook> {
  const { returnKeys } = await import('./openstack-init/return-keys.ts');
  const { cloudWorld } = await import('./openstack-init/cloud-world.ts');
  return cleanup(settings, returnKeys(cloudWorld()));
}

const report = await main(process.argv.slice(2), process.env);
writeSync(1, lineOf(report));
// At once: a request that hangs must not hold the Job.
process.exit(exitCodeOf(report));

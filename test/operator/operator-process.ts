import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePorts } from '../../hack/cluster/free-ports.ts';
import type { Installation } from './install.ts';

/** A controller that runs as a process of this machine. */
export interface OperatorProcess {
  readonly pid: number;
  /** `http://127.0.0.1:PORT/metrics` */
  readonly metricsUrl: string;
  /** The last lines it logged. */
  log(): string;
  /** Sends the signal and waits for the end. Safe to call when it has ended. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Ends it with SIGTERM (SIGKILL after ten seconds) and removes its folder. */
  stop(): Promise<void>;
}

export interface OperatorProcessOptions {
  /** `https://127.0.0.1:PORT` */
  readonly server: string;
  /** PEM text of the cluster's CA. */
  readonly ca: string;
  readonly installation: Installation;
  /** Added after the chart's arguments, so they win. */
  readonly args?: readonly string[];
  /** `controller/main.ts` (default) or the built `dist/controller/main.js` */
  readonly entry?: string;
}

const root = join(import.meta.dirname, '../..');

/** Starts the controller with the chart's arguments and resolves when it says it is ready. Throws with its log when it ends instead. */
export async function startOperator(options: OperatorProcessOptions): Promise<OperatorProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'spark-operator-process-'));
  await writeFile(join(folder, 'token'), options.installation.token);
  await writeFile(join(folder, 'ca.crt'), options.ca);
  await writeFile(join(folder, 'namespace'), options.installation.namespace);
  const [metricsPort = 0, healthPort = 0] = await freePorts(2);
  const child = spawn(process.execPath, commandLine(options, folder, metricsPort, healthPort), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(options),
  });
  const lines: string[] = [];
  const keep = (chunk: Buffer): void => void lines.splice(0, Math.max(0, lines.push(chunk.toString()) - 200));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const log = (): string => lines.join('');
  const kill = (signal: NodeJS.Signals): Promise<void> => end(child, signal);
  const stop = async (): Promise<void> => {
    await kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(child, `http://127.0.0.1:${healthPort}/readyz`, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid ?? 0, metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`, log, kill, stop };
}

function commandLine(options: OperatorProcessOptions, folder: string, metrics: number, health: number): string[] {
  return [
    join(root, options.entry ?? 'controller/main.ts'),
    ...options.installation.args,
    `--service-account-dir=${folder}`,
    `--metrics-bind-address=127.0.0.1:${metrics}`,
    `--health-probe-bind-address=127.0.0.1:${health}`,
    ...(options.args ?? []),
  ];
}

function environment({ server, installation }: OperatorProcessOptions): NodeJS.ProcessEnv {
  const { hostname, port } = new URL(server);
  return {
    PATH: process.env['PATH'],
    KUBERNETES_SERVICE_HOST: hostname,
    KUBERNETES_SERVICE_PORT: port,
    // The same for each start, as when the container of one pod is restarted.
    POD_NAME: 'spark-operator-controller-0',
    POD_NAMESPACE: installation.namespace,
  };
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const giveUp = new AbortController();
  const impatient = setTimeout(10_000, undefined, { signal: giveUp.signal }).then(
    () => child.kill('SIGKILL'),
    () => false,
  );
  await ended;
  giveUp.abort();
  await impatient;
}

async function untilReady(child: ChildProcess, url: string, log: () => string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (hasEnded(child)) throw new Error(`The operator ended at its start:\n${log()}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return;
    await setTimeout(50);
  }
  throw new Error(`The operator was not ready after 60 s:\n${log()}`);
}

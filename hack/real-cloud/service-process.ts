import { readFileSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

import { logTail, startDaemon, type Daemon } from '../cluster/daemon.ts';
import { eventually } from '../cluster/eventually.ts';
import { isRunning, type ProcessIdentity } from '../cluster/process-identity.ts';
import { places } from './plan.ts';
import { processTree } from './process-tree.ts';
import type { ReadySign, RigService, ServiceName } from './services.ts';

/** How a program of the cloud is started. */
export interface StartOptions {
  readonly root: string;
  /** The kernel ends the program with the process that started it. */
  readonly untilParentEnds: boolean;
}

/** Starts a program, notes its process, and returns when it answers. Throws with the end of its log when it ends. */
export async function startService(service: RigService, { root, untilParentEnds }: StartOptions): Promise<void> {
  const logFile = join(places(root).logs, `${service.name}.log`);
  const { size } = await stat(logFile).catch(() => ({ size: 0 }));
  const { command, args, env = {} } = service.spec;
  const direct = { name: service.name, command, args, env, logFile };
  const bound = { ...direct, command: '/usr/bin/setpriv', args: ['--pdeathsig', 'KILL', command, ...args] };
  const daemon = await startDaemon(untilParentEnds ? bound : direct);
  await writeFile(processFile(root, service.name), JSON.stringify(daemon.identity));
  await waitUntilReady(service.ready, daemon, size);
}

/** The process of a program as it was noted; it may have ended since. */
export function notedProcess(root: string, name: ServiceName): ProcessIdentity | undefined {
  try {
    // Written by startService above.
    return JSON.parse(readFileSync(processFile(root, name), 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

/** Ends a program with all its processes, only if it is still the one that was started: SIGTERM, SIGKILL after the grace. */
export async function stopService(root: string, name: ServiceName, graceMs: number): Promise<void> {
  const identity = notedProcess(root, name);
  if (identity === undefined) return;
  const tree = processTree(identity);
  const areGone = (): boolean => tree.every((process) => !isRunning(process));
  // A frozen process does not hear SIGTERM.
  signal(tree, 'SIGCONT');
  if (graceMs > 0) {
    signal(tree.slice(0, 1), 'SIGTERM');
    if (await eventually(areGone, { timeoutMs: graceMs })) return;
  }
  signal(tree, 'SIGKILL');
  if (!(await eventually(areGone, { timeoutMs: 10_000 }))) throw new Error(`${name} does not end (${identity.pid})`);
}

/** Freezes a program with all its processes, or lets it go on: connections stay, answers do not come. */
export function freezeService(root: string, name: ServiceName, frozen: boolean): void {
  const identity = notedProcess(root, name);
  const tree = identity === undefined ? [] : processTree(identity);
  if (tree.length === 0) throw new Error(`${name} does not run`);
  signal(tree, frozen ? 'SIGSTOP' : 'SIGCONT');
}

function signal(processes: readonly ProcessIdentity[], name: NodeJS.Signals): void {
  for (const identity of processes) {
    if (!isRunning(identity)) continue;
    try {
      process.kill(identity.pid, name);
    } catch {
      // It ended between the look and the signal.
    }
  }
}

function processFile(root: string, name: ServiceName): string {
  return join(places(root).run, `${name}.pid.json`);
}

async function waitUntilReady(ready: ReadySign, daemon: Daemon, logStart: number): Promise<void> {
  const answers = async (): Promise<boolean> => {
    if (!isRunning(daemon.identity)) throw new Error(`${daemon.name} ended\n${await logTail(daemon.logFile)}`);
    return isReady(ready, daemon.logFile, logStart);
  };
  if (await eventually(answers, { timeoutMs: 180_000, everyMs: 250 })) return;
  throw new Error(`${daemon.name} did not answer within three minutes\n${await logTail(daemon.logFile)}`);
}

function isReady(ready: ReadySign, logFile: string, logStart: number): boolean | Promise<boolean> {
  if (ready.kind === 'log') return readFileSync(logFile).subarray(logStart).includes(ready.text);
  if (ready.kind === 'port') return listens('127.0.0.1', ready.port);
  // Several versions to choose from are answered with 300; a refusal is an answer, too.
  return fetch(ready.url, { signal: AbortSignal.timeout(30_000), redirect: 'manual' }).then(
    ({ status }) => status < 500,
    () => false,
  );
}

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';

import { eventually } from './eventually.ts';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';

/** A program to start in the background. */
export interface DaemonSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Its output is added to this file. */
  readonly logFile: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A program that was started in the background, as it can be recorded and found again. */
export interface Daemon {
  readonly name: string;
  readonly logFile: string;
  readonly identity: ProcessIdentity;
}

/** Starts a program that outlives this process. Throws when it cannot be started. */
export async function startDaemon(spec: DaemonSpec): Promise<Daemon> {
  const log = await open(spec.logFile, 'a');
  try {
    const env = { ...process.env, ...spec.env };
    const child = spawn(spec.command, spec.args, { stdio: ['ignore', log.fd, log.fd], detached: true, env });
    await once(child, 'spawn');
    child.unref();
    const identity = child.pid === undefined ? undefined : identify(child.pid);
    if (identity === undefined) throw new Error(`${spec.name} ended at once\n${await logTail(spec.logFile)}`);
    return { name: spec.name, logFile: spec.logFile, identity };
  } finally {
    await log.close();
  }
}

/** Ends the program, only if it is still the one that was started: SIGTERM, and SIGKILL after the grace time. */
export async function stopDaemon({ identity }: { readonly identity: ProcessIdentity }, graceMs: number): Promise<void> {
  if (!isRunning(identity)) return;
  const gone = (): boolean => !isRunning(identity);
  if (graceMs > 0) {
    signal(identity.pid, 'SIGTERM');
    if (await eventually(gone, { timeoutMs: graceMs })) return;
  }
  signal(identity.pid, 'SIGKILL');
  if (!(await eventually(gone, { timeoutMs: 10_000 }))) throw new Error(`Process ${identity.pid} does not end`);
}

/** The last lines of a log, for error messages. */
export async function logTail(file: string, lines = 15): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the look and the signal: what was wanted.
  }
}

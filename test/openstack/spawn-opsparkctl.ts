import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { type CloudFiles, environment, type OpsparkctlEnd } from './run-opsparkctl.ts';

const program = fileURLToPath(new URL('./hurried-opsparkctl.ts', import.meta.url));

export interface SpawnedOpsparkctl {
  readonly pid: number;
  /** `code` is -1 when a signal ended it. */
  readonly ended: Promise<OpsparkctlEnd>;
  /** What it has printed on standard error so far. */
  readonly said: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** Starts opsparkctl as a process of its own, to be killed. Its waiting goes 100 times faster. */
export function spawnOpsparkctl(
  args: readonly string[],
  options: { readonly cloud: CloudFiles; readonly home: string; readonly env?: Readonly<Record<string, string>> },
): SpawnedOpsparkctl {
  mkdirSync(options.home, { recursive: true });
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...environment(options.home, options.cloud), ...options.env },
    cwd: options.home,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kept = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (kept.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (kept.err += text));
  const ended = new Promise<OpsparkctlEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, ...kept }));
  });
  return { pid: child.pid ?? 0, ended, said: () => kept.err, kill: (signal) => void child.kill(signal) };
}

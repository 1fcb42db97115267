import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** How a hook ended: its exit code, and the line on its standard output. */
export interface Ended {
  readonly code: number | null;
  readonly line: Readonly<Record<string, unknown>>;
  /** What it logged meanwhile. */
  readonly log: string;
}

/** The program as the image runs it, with its words. Fails when standard output is not exactly one line of JSON. */
export async function runHook(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'hooks/main.ts'), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => void out.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => void err.push(chunk));
  await once(child, 'close');
  const stdout = out.join('');
  if (!/^\{.*\}\n$/.test(stdout)) throw new Error(`Not one line: ${JSON.stringify(stdout)}\n${err.join('')}`);
  // The line above is an object.
  const line = JSON.parse(stdout) as Ended['line'];
  return { code: child.exitCode, line, log: err.join('') };
}

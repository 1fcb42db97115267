import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

import type { Cli, Terminal } from './cli.ts';
import { wantsColour } from './view/palette.ts';

/** The world of a process: its standard streams, its signals, real files and time. Connecting loads the heavy parts. */
export function processCli(process: NodeJS.Process): Cli {
  const interrupted = interruptions(process);
  endQuietlyWithReader(process);
  return {
    terminal: terminalOf(process),
    readFile: (path) => (path === '-' ? text(process.stdin) : readFile(path, 'utf8')),
    connect: async (flags) => (await import('./cluster/connect.ts')).connect(flags, terminalOf(process)),
    now: () => new Date(),
    sleep: (milliseconds) => sleep(milliseconds, interrupted),
    interrupted,
  };
}

function terminalOf({ stdout, stderr, env }: NodeJS.Process): Terminal {
  return {
    print: (line) => void stdout.write(`${line}\n`),
    printError: (line) => void stderr.write(`${line}\n`),
    write: (chunk) =>
      new Promise((resolve) => {
        if (stdout.write(chunk)) resolve();
        else stdout.once('drain', resolve);
      }),
    colour: wantsColour(env, stdout.isTTY),
  };
}

/** The first Ctrl-C asks commands to end; the second one ends the process the usual way. */
function interruptions(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

/** `sparkctl log pi | head` closes the pipe early: that is no error of ours. */
function endQuietlyWithReader(process: NodeJS.Process): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, signal.aborted ? 0 : milliseconds);
    signal.addEventListener('abort', wake, { once: true });
  });
}

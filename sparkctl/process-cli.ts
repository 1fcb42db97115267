import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

import { interruptions, sleepUntil } from '../terminal/interruptions.ts';
import { endQuietlyWithReader, terminalOf } from '../terminal/terminal.ts';
import type { Cli } from './cli.ts';

/** The world of a process: its standard streams, its signals, real files and time. Connecting loads the heavy parts. */
export function processCli(process: NodeJS.Process): Cli {
  const interrupted = interruptions(process);
  endQuietlyWithReader(process);
  return {
    terminal: terminalOf(process),
    readFile: (path) => (path === '-' ? text(process.stdin) : readFile(path, 'utf8')),
    connect: async (flags) => (await import('./cluster/connect.ts')).connect(flags, terminalOf(process)),
    now: () => new Date(),
    sleep: (milliseconds) => sleepUntil(milliseconds, interrupted),
    interrupted,
  };
}

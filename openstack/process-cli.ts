import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';

import { askOnTerminal } from '../terminal/ask.ts';
import { interruptions, sleepUntil } from '../terminal/interruptions.ts';
import { endQuietlyWithReader, terminalOf } from '../terminal/terminal.ts';
import type { Cli } from './cli.ts';
import { mannerOf } from './global-options.ts';
import { realCli } from './real-cli.ts';

/** The world of a process: its standard streams, its signals, its environment, real time. */
export function processCli(process: NodeJS.Process, args: readonly string[]): Cli {
  const { debug, interactive } = mannerOf(args);
  const interrupted = interruptions(process);
  endQuietlyWithReader(process);
  return realCli({
    terminal: terminalOf(process),
    progress: process.stderr,
    ask: interactive ? askOnTerminal(process) : undefined,
    env: process.env,
    home: homedir(),
    workingFolder: process.cwd(),
    random: randomBytes,
    now: () => new Date(),
    sleep: (milliseconds) => sleepUntil(milliseconds, interrupted),
    interrupted,
    debug,
  });
}

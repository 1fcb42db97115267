import { randomBytes } from 'node:crypto';

import { mannerOf } from '../../openstack/global-options.ts';
import type { Surroundings } from '../../openstack/real-cli.ts';
import type { Ask } from '../../terminal/ask.ts';

/** What of opsparkctl's world a test may choose. */
export interface CapturedWorld {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly ask?: Ask | undefined;
  /** Ctrl-C. */
  readonly interrupted?: AbortSignal | undefined;
  /** How much faster waiting goes than the command believes; its clock goes on as if it had really waited. */
  readonly hurry: number;
}

export interface Captured {
  readonly surroundings: Surroundings;
  readonly out: () => string;
  readonly err: () => string;
}

/** Surroundings whose output is kept and whose time passes quickly while nothing but waiting is done. */
export function capturedWorld({ args, env, home, ask, interrupted, hurry }: CapturedWorld): Captured {
  const kept = { out: '', err: '', skippedMs: 0 };
  const stop = interrupted ?? new AbortController().signal;
  const surroundings: Surroundings = {
    terminal: {
      print: (line) => void (kept.out += `${line}\n`),
      printError: (line) => void (kept.err += `${line}\n`),
      write: async (chunk) => void (kept.out += new TextDecoder().decode(chunk)),
      colour: false,
    },
    progress: { write: (text: string) => void (kept.err += text) },
    debug: mannerOf(args).debug,
    ask: mannerOf(args).interactive ? ask : undefined,
    env,
    home,
    workingFolder: home,
    random: randomBytes,
    now: () => new Date(Date.now() + kept.skippedMs),
    sleep: async (milliseconds) => {
      await waited(milliseconds / hurry, stop);
      if (!stop.aborted) kept.skippedMs += milliseconds - milliseconds / hurry;
    },
    interrupted: stop,
  };
  return { surroundings, out: () => kept.out, err: () => kept.err };
}

function waited(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, stop.aborted ? 0 : milliseconds);
    stop.addEventListener('abort', end, { once: true });
  });
}

import { Writable } from 'node:stream';
import { pino } from 'pino';
import { consoleLine } from './log-console.ts';

/** Message constant and capital first, fields apart; never whole objects, never secrets. */
export interface LogMethod {
  (fields: object, message: string): void;
  (message: string): void;
}

/** What every program logs with. `info` = state changed, `debug` = looked and did nothing. */
export interface Logger {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
  readonly fatal: LogMethod;
  /** A logger that adds these fields to every line. */
  child(fields: object): Logger;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';
export type LogEncoder = 'json' | 'console';

export interface LogOptions {
  readonly level?: LogLevel;
  readonly encoder?: LogEncoder;
  /** Where lines go; standard output when left out. */
  readonly write?: (line: string) => void;
}

/** The root logger of a program: JSON lines for machines, `console` for people at a terminal. */
export function createLogger({ level = 'info', encoder = 'json', write }: LogOptions = {}): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  if (encoder === 'json' && write === undefined) return pino(options, pino.destination({ dest: 1, sync: true }));
  const out = write ?? ((line: string) => void process.stdout.write(line));
  const encode = encoder === 'json' ? (line: string) => line : consoleLine;
  return pino(
    options,
    lineStream((line) => out(encode(line))),
  );
}

/** Every chunk that pino writes is one whole line. */
const lineStream = (write: (line: string) => void): Writable =>
  new Writable({
    decodeStrings: false,
    write(chunk: unknown, _encoding, done) {
      write(String(chunk));
      done();
    },
  });

/** Says nothing: for tests and one-shot tools. */
export const silentLogger = (): Logger => createLogger({ level: 'silent', write: () => undefined });

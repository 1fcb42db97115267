import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CloudState } from './state.ts';

/** The ports of the last start: another one takes them again, so that addresses which clients know stay right. */
export interface Ports {
  readonly main: number;
  readonly objectStore: number;
}

export interface Kept {
  readonly state: CloudState;
  readonly ports: Ports | undefined;
}

/** Reads the state of an earlier start; undefined when there is none. Throws an Error that names a file which cannot be read. */
export function readState(file: string | undefined): Kept | undefined {
  if (file === undefined || !existsSync(file)) return undefined;
  try {
    // The fake wrote it itself.
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch (cause) {
    throw new Error(`${file} is not a state of the fake cloud: remove it, or name another file with --state.`, {
      cause,
    });
  }
}

/** Replaces the file in one step, readable by its owner alone: it holds passwords and keys. Tokens that are over are left out. */
export function writeState(file: string, { state, ports }: Kept, nowMs: number): void {
  const tokens = Object.fromEntries(Object.entries(state.tokens).filter(([, { expiresMs }]) => expiresMs > nowMs));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify({ state: { ...state, tokens }, ports }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

import type { Key } from './key.ts';
import type { Logger } from './log.ts';

/** What a pass over one key ended with. */
export interface Result {
  /** Look again after so long, even when nothing changed. */
  readonly requeueAfterMs?: number | undefined;
}

/** Nothing more to do until something changes. */
export const done: Result = Object.freeze({});

/**
 * Brings the world of one key nearer to what is wanted. Level-based: it gets a key, never an event. Throwing asks for
 * another pass with back-off; a TerminalError does not. `stop` aborts when the work must end at once (leadership lost).
 */
export type Reconcile = (key: Key, log: Logger, stop: AbortSignal) => Promise<Result>;

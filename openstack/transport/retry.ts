import type { Outgoing } from './exchange.ts';

const TRIES = 5;
const FIRST_MS = 500;
const LONGEST_MS = 8_000;
/** A server that asks for more than this is taken at its word: the caller hears of it. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/** A request that was not answered well. */
export interface FailedTry {
  readonly method: Outgoing['method'];
  /** 0 without an answer. */
  readonly status: number;
  /** Nothing had left for the server. */
  readonly unsent: boolean;
  /** Another try would end the same way. */
  readonly lasting: boolean;
  /** Tries so far, from 1. */
  readonly tries: number;
  /** Since the first try. */
  readonly elapsedMs: number;
  /** How long tries may be repeated. */
  readonly budgetMs: number;
  readonly retryAfter: string | undefined;
  /** 0 ≤ x < 1. */
  readonly random: number;
  readonly now: Date;
}

/** Answers of a server, or of what stands before it, that says "not now". */
const passing = new Set([0, 408, 429, 500, 502, 503, 504]);
/** The one refusal that comes before anything was begun. */
const TOO_MANY_REQUESTS = 429;

/**
 * How long to wait before the same request goes again, in milliseconds; undefined = not at all. What may be said twice is
 * repeated after every passing failure; POST and PATCH only when the server surely did nothing.
 */
export function retryDelayMs(failed: FailedTry): number | undefined {
  if (!mayRepeat(failed)) return undefined;
  const { tries, retryAfter, random, now } = failed;
  const asked = retryAfterMs(retryAfter, now);
  if (asked !== undefined) return asked > LONGEST_RETRY_AFTER_MS ? undefined : asked + random * FIRST_MS;
  return Math.min(FIRST_MS * 2 ** (tries - 1), LONGEST_MS) * (0.5 + random / 2);
}

function mayRepeat({ method, status, unsent, lasting, tries, elapsedMs, budgetMs }: FailedTry): boolean {
  if (lasting || !passing.has(status) || tries >= TRIES || elapsedMs >= budgetMs) return false;
  const once = method === 'POST' || method === 'PATCH';
  return !once || unsent || status === TOO_MANY_REQUESTS;
}

/** `Retry-After`: seconds, or a date (RFC 9110). */
function retryAfterMs(text: string | undefined, now: Date): number | undefined {
  if (text === undefined || text === '') return undefined;
  const milliseconds = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

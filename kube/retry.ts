import type { ApiError } from './errors.ts';
import type { Method } from './transport.ts';

const BASE_MS = 100;
const LONGEST_BACKOFF_MS = 5_000;
/** A worker must not be held longer than this by one request: past it the caller decides. */
const LONGEST_RETRY_AFTER_MS = 10_000;

/** A failed try. */
export interface FailedTry {
  readonly method: Method;
  readonly error: ApiError;
  /** Tries so far, from 1. */
  readonly attempt: number;
  /** 0 ≤ x < 1. */
  readonly random: number;
}

/**
 * How long to wait before the same request may go again, in milliseconds; undefined = it may not. A read may always
 * be repeated; a write only when the server surely did not act on it: 429, or nothing was sent.
 */
export function retryDelayMs({ method, error, attempt, random }: FailedTry): number | undefined {
  if (!mayRepeat(method, error)) return undefined;
  if (error.retryAfterMs !== undefined) {
    return error.retryAfterMs > LONGEST_RETRY_AFTER_MS ? undefined : error.retryAfterMs + random * BASE_MS;
  }
  const backoff = Math.min(BASE_MS * 2 ** (attempt - 1), LONGEST_BACKOFF_MS);
  return backoff * (0.5 + random / 2);
}

function mayRepeat(method: Method, { status, reason }: ApiError): boolean {
  if (status === 429 || reason === 'Unreachable') return true;
  return method === 'GET' && (status === 0 || status >= 500);
}

import type { Operation } from 'fast-json-patch';
import type { Violation } from '../../spark/validation/violation.ts';

/** What a review says of a request. */
export type Verdict = Allowed | Denied;

export interface Allowed {
  readonly allowed: true;
  /** Left out or empty: the object stays as it is. */
  readonly patch?: readonly Operation[];
  /** Shown to whoever made the request. */
  readonly warnings?: readonly string[];
}

export interface Denied {
  readonly allowed: false;
  /** `Invalid` (422): the object is wrong. `Forbidden` (403): it is right, but not now or not for this user. */
  readonly reason: 'Invalid' | 'Forbidden';
  /** At least one: each names its field and its rule. */
  readonly violations: readonly Violation[];
  readonly warnings?: readonly string[];
}

/** The object stays as it is. */
export const untouched: Allowed = { allowed: true };

/** Answers one request; may wait for the API server, for a bounded time. */
export type Review<R> = (request: R) => Verdict | Promise<Verdict>;

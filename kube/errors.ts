/** One entry of `details.causes` of a Kubernetes Status: the field that was refused and why. */
export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** What is known about a failed request. */
export interface ApiFailure {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** `reason` of the Kubernetes Status; without an answer `Unreachable`, `ConnectionLost` or `Timeout`. */
  readonly reason: string;
  readonly message: string;
  readonly causes?: readonly StatusCause[] | undefined;
  /** What the server asked for in `Retry-After`, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** True when a write may have happened although it failed: observe before acting on it. */
  readonly outcomeUnknown?: boolean | undefined;
  readonly cause?: unknown;
}

/** A request that the API server refused, or that got no answer. The message is fit for users: no headers, no body. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly reason: string;
  readonly causes: readonly StatusCause[];
  readonly retryAfterMs: number | undefined;
  readonly outcomeUnknown: boolean;

  constructor(failure: ApiFailure) {
    super(failure.message, failure.cause === undefined ? undefined : { cause: failure.cause });
    this.status = failure.status;
    this.reason = failure.reason;
    this.causes = failure.causes ?? [];
    this.retryAfterMs = failure.retryAfterMs;
    this.outcomeUnknown = failure.outcomeUnknown ?? false;
  }

  get code(): string {
    return this.reason;
  }
}

/** A failure that no retry can cure: the worker logs it and forgets the key until it changes. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
  readonly code = 'Terminal';
}

const hasStatus = (error: unknown, status: number): boolean => error instanceof ApiError && error.status === status;

/** The object, or its resource, does not exist. */
export const isNotFound = (error: unknown): boolean => hasStatus(error, 404);

/** Another writer was faster (409 that is not "already exists"): observe again. */
export const isConflict = (error: unknown): boolean => hasStatus(error, 409) && !isAlreadyExists(error);

/** A create met an object of the same name. */
export const isAlreadyExists = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 409 && error.reason === 'AlreadyExists';

/** RBAC, an admission webhook or a quota refused. */
export const isForbidden = (error: unknown): boolean => hasStatus(error, 403);

/** The object broke a rule of its schema (422) or could not be read at all (400). */
export const isInvalid = (error: unknown): boolean => hasStatus(error, 422) || hasStatus(error, 400);

/** The resourceVersion or the continue token is too old: list again. */
export const isGone = (error: unknown): boolean => hasStatus(error, 410);

/** The server asks to slow down. */
export const isTooManyRequests = (error: unknown): boolean => hasStatus(error, 429);

/** No answer came, or the server itself failed: nothing may be concluded about the object. */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 500);

/** A write failed in a way that it may still have happened. */
export const isOutcomeUnknown = (error: unknown): boolean => error instanceof ApiError && error.outcomeUnknown;

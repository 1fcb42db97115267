import { ApiError, type StatusCause } from './errors.ts';
import type { Answer } from './exchange.ts';
import type { ApiRequest } from './transport.ts';

/** The parts of a Kubernetes Status (meta/v1) that tell what went wrong. */
export interface Status {
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly causes?: readonly StatusCause[]; readonly retryAfterSeconds?: number };
}

/** What is known when a proxy, not the API server, wrote the answer. */
const reasonOfStatus: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Expired',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

const TIMEOUT_CODES: readonly unknown[] = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];

/** The error of an exchange that did not succeed. */
export function apiErrorOf(request: ApiRequest, answer: Answer): ApiError {
  return answer.status === 0 ? noAnswer(request, answer) : refusal(request, answer);
}

/** The error that a Status object (an answer, or an ERROR event of a watch) stands for. */
export function errorOfStatus(what: string, status: Status, code: number): ApiError {
  const reason = status.reason ?? reasonOfStatus[code] ?? 'Unknown';
  const { causes, retryAfterSeconds } = status.details ?? {};
  return new ApiError({
    status: code,
    reason,
    message: status.message ?? `${what}: the server answered ${code} ${reason}`,
    ...(causes === undefined ? {} : { causes }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterMs: retryAfterSeconds * 1000 }),
  });
}

function refusal(request: ApiRequest, { status, text, retryAfter }: Answer): ApiError {
  const told = errorOfStatus(describe(request), statusOf(text), status);
  const retryAfterMs = secondsOf(retryAfter) ?? told.retryAfterMs;
  return new ApiError({
    status,
    reason: told.reason,
    message: told.message,
    causes: told.causes,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    outcomeUnknown: status >= 500 && request.method !== 'GET',
  });
}

function noAnswer(request: ApiRequest, { sent, failure }: Answer): ApiError {
  const cause = failure?.cause;
  const code = codeOf(cause);
  const reason = !sent ? 'Unreachable' : TIMEOUT_CODES.includes(code) ? 'Timeout' : 'ConnectionLost';
  const story = {
    Unreachable: 'cannot reach the API server',
    Timeout: 'no answer from the API server in time',
    ConnectionLost: 'lost the connection to the API server',
  }[reason];
  return new ApiError({
    status: 0,
    reason,
    message: `${describe(request)}: ${story}${detailOf(cause, code)}`,
    outcomeUnknown: sent && request.method !== 'GET',
    cause,
  });
}

const describe = ({ verb, resource }: ApiRequest): string => `${verb} ${resource}`;

const detailOf = (cause: unknown, code: unknown): string => {
  const text = cause instanceof Error ? cause.message : typeof code === 'string' ? code : '';
  return text === '' ? '' : ` (${text})`;
};

const codeOf = (cause: unknown): unknown =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;

/** `Retry-After` in seconds, the only form the API server sends. */
function secondsOf(header: string | undefined): number | undefined {
  const seconds = Number(header ?? 'none');
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function statusOf(text: string): Status {
  try {
    const value: unknown = JSON.parse(text);
    // Parse boundary: the API server answers refusals with a meta/v1 Status; every part is optional in our type.
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return text === '' ? {} : { message: text.slice(0, 300).trim() };
  }
}

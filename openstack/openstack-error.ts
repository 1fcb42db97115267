/** Why a request to an OpenStack service failed. */
export type OpenStackFailure =
  /** 401: the login was refused, or the token is not accepted any more. */
  | 'Unauthenticated'
  /** 403: policy or quota. */
  | 'Forbidden'
  | 'NotFound'
  /** 409. */
  | 'Conflict'
  /** 400 and other refusals of what was asked. */
  | 'BadRequest'
  /** 406: a microversion that the service does not know. */
  | 'NotAcceptable'
  /** 5xx after all tries. */
  | 'ServerError'
  /** No connection: name, route, port, TLS, proxy. */
  | 'Unreachable'
  /** A connection, but no answer in time. */
  | 'TimedOut'
  /** The catalog has no endpoint for the service, region and interface. */
  | 'NoEndpoint'
  /** An answer that is not what the API promises. */
  | 'Unintelligible';

export interface OpenStackErrorFacts {
  readonly failure: OpenStackFailure;
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  /** Service type: `identity`, `container-infra`, `compute`, `network`, `object-store`. */
  readonly service: string;
  readonly method: string;
  /** Without query and host. */
  readonly path: string;
  /** What the service said, without what surrounds it. */
  readonly said: string;
  /** `X-Openstack-Request-Id`, to be found in the service's log. */
  readonly requestId: string | undefined;
  readonly cause?: unknown;
}

/** A refused or failed request. The message names service, request, answer and request id; it never carries a secret. */
export class OpenStackError extends Error {
  override readonly name = 'OpenStackError';
  readonly code = 'OPENSTACK';
  readonly facts: OpenStackErrorFacts;

  constructor(facts: OpenStackErrorFacts) {
    const { service, method, path, status, said, requestId } = facts;
    const answer = status === 0 ? '' : ` answered ${status}`;
    const trace = requestId === undefined ? '' : ` (request ${requestId})`;
    super(`${service}: ${method} ${path}${answer}: ${said}${trace}`, { cause: facts.cause });
    this.facts = facts;
  }
}

/** Whether an error is an OpenStackError with one of these failures. */
export const failedWith = (error: unknown, ...failures: readonly OpenStackFailure[]): error is OpenStackError =>
  error instanceof OpenStackError && failures.includes(error.facts.failure);

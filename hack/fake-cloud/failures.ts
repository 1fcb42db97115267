import type { FakeRequest, Service } from './http/request.ts';

/** Which requests shall go wrong. What is left out matches all. */
export interface RequestMatch {
  readonly service?: Service;
  readonly method?: string;
  /** Tried on the path below the service's prefix: `/v1/clusters`. */
  readonly path?: RegExp;
}

/** How they go wrong. */
export type Failure =
  /** Answered with this and not acted on. */
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** The connection is cut; not acted on. */
  | 'reset'
  /** Acted on, then the connection is cut: the answer is lost. */
  | 'lostAnswer'
  /** Neither acted on nor answered. */
  | 'hang'
  /** Acted on three seconds later, or after so many milliseconds. */
  | 'slow'
  | { readonly slowMs: number };

/** The failures that are switched on. */
export interface Failures {
  /** Lets the next `times` requests that match go wrong. Call the result to switch it off. */
  readonly add: (match: RequestMatch, what: Failure, times: number) => () => void;
  /** The failure of this request, if any: the first that matches. It counts as used. */
  readonly take: (request: FakeRequest) => Failure | undefined;
  readonly clear: () => void;
}

interface Armed {
  readonly match: RequestMatch;
  readonly what: Failure;
  left: number;
}

export function createFailures(): Failures {
  const armed: Armed[] = [];
  return {
    add: (match, what, times) => {
      const one = { match, what, left: times };
      armed.push(one);
      return () => {
        one.left = 0;
      };
    },
    take: (request) => {
      const found = armed.find(({ match, left }) => left > 0 && matches(match, request));
      if (found !== undefined) found.left -= 1;
      return found?.what;
    },
    clear: () => void armed.splice(0),
  };
}

/** Whether a request is one of those meant. */
export const matches = (
  { service, method, path }: RequestMatch,
  request: Pick<FakeRequest, 'service' | 'method' | 'path'>,
): boolean =>
  (service ?? request.service) === request.service &&
  (method ?? request.method) === request.method &&
  (path === undefined || path.test(request.path));

import type { World } from '../world.ts';
import type { Answer } from './answer.ts';
import type { FakeRequest } from './request.ts';

export type Handler = (request: FakeRequest, world: World) => Answer | Promise<Answer>;

/** One row of a service's table. `:name` in the pattern takes one part of the path. */
export interface Route {
  readonly method: string;
  readonly pattern: readonly string[];
  readonly handle: Handler;
}

/** `route('GET /v1/clusters/:id', handler)` */
export function route(what: string, handle: Handler): Route {
  const [method = '', path = ''] = what.split(' ');
  return { method, pattern: partsOf(path), handle };
}

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

export type Found =
  | { readonly kind: 'route'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  /** The path exists, the method does not. */
  | { readonly kind: 'otherMethod' }
  | { readonly kind: 'nothing' };

/** The first row that fits. A trailing slash does not matter. */
export function findRoute(routes: readonly Route[], method: string, path: string): Found {
  const parts = partsOf(path);
  let other = false;
  for (const candidate of routes) {
    const params = match(candidate.pattern, parts);
    if (params === undefined) continue;
    if (candidate.method === method) return { kind: 'route', route: candidate, params };
    other = true;
  }
  return { kind: other ? 'otherMethod' : 'nothing' };
}

function match(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (expected.startsWith(':')) params[expected.slice(1)] = part;
    else if (expected !== part) return undefined;
  }
  return params;
}

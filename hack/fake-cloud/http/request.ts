import type { IncomingHttpHeaders } from 'node:http';

/** The services that the fake plays, by their OpenStack service types. */
export const SERVICES = ['identity', 'container-infra', 'compute', 'network', 'image', 'object-store'] as const;
export type Service = (typeof SERVICES)[number];

/** A request as a handler sees it. */
export interface FakeRequest {
  readonly service: Service;
  readonly method: string;
  /** Decoded path below the service's prefix: `/v3/auth/tokens`. */
  readonly path: string;
  /** Path and query as sent: signatures are about this. */
  readonly rawUrl: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** `req-<uuid>`; `tx…` for the object store. */
  readonly id: string;
  /** What the route's placeholders stand for. */
  readonly params: Readonly<Record<string, string>>;
}

/** One header as text; undefined when it was not sent. */
export function headerOf(request: FakeRequest, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(',') : value;
}

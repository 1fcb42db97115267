/** Service types by their first names in OpenStack's service-types authority; aliases in catalogs are understood. */
export type ServiceType = 'identity' | 'container-infra' | 'compute' | 'network' | 'image' | 'object-store';

/** A login that is made when it is first needed and renewed before it ends. One for each cloud and project. */
export interface Session {
  /** Logs in if need be. @throws OpenStackError Unauthenticated, Unreachable… */
  readonly login: () => Promise<Login>;
  /**
   * One call, with the token, retries (where the method allows) and one new login on 401.
   * @throws OpenStackError for every answer of 301 and above (300 lists versions), and for none; UserError (exit 130) when Ctrl-C ends the wait
   */
  readonly request: <T>(call: Call) => Promise<Answer<T>>;
  /** URL of a service without a slash at its end, from overrides or the catalog. @throws OpenStackError NoEndpoint, telling what the catalog has */
  readonly endpoint: (service: ServiceType) => Promise<string>;
  /** The same user with a token for another project, or none. @throws OpenStackError as login does */
  readonly rescoped: (scope: { readonly projectId: string } | 'unscoped') => Session;
  readonly close: () => Promise<void>;
}

/** A request to a service. */
export interface Call {
  readonly service: ServiceType;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the endpoint, beginning with a slash, encoded: `/v1/clusters`. Version prefixes are written here; one that the endpoint carries as well is not doubled. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** For one answer; default 90 s. */
  readonly timeoutMs?: number;
}

export interface Answer<T> {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined for an empty answer. */
  readonly body: T;
}

/** What Keystone said about the login. No secret is in it. */
export interface Login {
  readonly user: { readonly id: string; readonly name: string; readonly domainName: string };
  /** Undefined for a token that is not for a project. */
  readonly project: { readonly id: string; readonly name: string; readonly domainName: string } | undefined;
  readonly roles: readonly string[];
  readonly methods: readonly string[];
  /** Set when the login is an application credential: delegated, and refused for trusts and EC2 keys by patched Keystones. */
  readonly applicationCredential: { readonly id: string; readonly restricted: boolean } | undefined;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly catalog: readonly CatalogEntry[];
  /** Keystone's clock minus ours, from its `Date` header, in milliseconds. */
  readonly clockSkewMs: number;
}

export interface CatalogEntry {
  readonly type: string;
  readonly name: string;
  readonly endpoints: readonly { readonly url: string; readonly region: string; readonly interface: string }[];
}

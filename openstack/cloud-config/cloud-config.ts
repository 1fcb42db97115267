/** One cloud as a person described it: an entry of clouds.yaml, `OS_*` variables and flags, merged and checked. */
export interface CloudConfig {
  /** The entry of clouds.yaml; `envvars` when only variables and flags were given. */
  readonly name: string;
  /** Where it was found, for messages: a file, or `the environment`. */
  readonly source: string;
  /** Keystone's URL with its version: `https://keystone.example.org/v3`. */
  readonly authUrl: string;
  readonly auth: Auth;
  /** Undefined: the catalog's only region. */
  readonly region: string | undefined;
  readonly interface: 'public' | 'internal' | 'admin';
  readonly tls: CloudTls;
  /** URLs that take the place of the catalog's, by service type in its first name (`container-infra`). */
  readonly endpointOverrides: Readonly<Record<string, string>>;
  /** What a person should know about the files: readable by others, deprecated keys. */
  readonly warnings: readonly string[];
}

/** How to log in. Application credentials bring their own project, so they have no scope. */
export type Auth =
  | { readonly method: 'password'; readonly user: UserName; readonly password: string; readonly scope: Scope }
  | {
      readonly method: 'application_credential';
      /** The id, or the name together with its user. */
      readonly id: string | undefined;
      readonly name: string | undefined;
      readonly user: UserName | undefined;
      readonly secret: string;
    }
  | { readonly method: 'token'; readonly token: string; readonly scope: Scope }
  | {
      readonly method: 'kerberos';
      readonly scope: Scope;
      /** Who shall be asked for a password when there is no ticket. */
      readonly user?: UserName;
    };

/** A user by id, or by name within a domain. */
export interface UserName {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly domain: DomainName | undefined;
}

export interface DomainName {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

/** What a token shall be good for. */
export type Scope =
  | {
      readonly kind: 'project';
      readonly id: string | undefined;
      readonly name: string | undefined;
      readonly domain: DomainName | undefined;
    }
  | { readonly kind: 'domain'; readonly domain: DomainName }
  | { readonly kind: 'system' }
  | { readonly kind: 'unscoped' };

/** Files are paths; the contents are read when a connection is made. */
export interface CloudTls {
  /** Certificates of the authorities of the cloud's services, beside those of the system. */
  readonly caFile: string | undefined;
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
  /** False only on a person's word (`verify: false`, `insecure`). */
  readonly verify: boolean;
}

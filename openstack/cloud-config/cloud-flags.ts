/**
 * What the command line may say about the cloud. Secrets are not among it: other people of the machine see a command line.
 * The names are commander's for the flags of cloud-options.ts.
 */
export interface CloudFlags {
  readonly osCloud?: string | undefined;
  readonly osAuthUrl?: string | undefined;
  readonly osAuthType?: string | undefined;
  readonly osUsername?: string | undefined;
  readonly osUserId?: string | undefined;
  readonly osUserDomainName?: string | undefined;
  readonly osUserDomainId?: string | undefined;
  readonly osProjectName?: string | undefined;
  readonly osProjectId?: string | undefined;
  readonly osProjectDomainName?: string | undefined;
  readonly osProjectDomainId?: string | undefined;
  readonly osApplicationCredentialId?: string | undefined;
  readonly osApplicationCredentialName?: string | undefined;
  readonly osCacert?: string | undefined;
  readonly osCert?: string | undefined;
  readonly osKey?: string | undefined;
  /** Name or id. */
  readonly project?: string | undefined;
  readonly region?: string | undefined;
  /** `public`, `internal` or `admin`. */
  readonly interface?: string | undefined;
  readonly insecure?: boolean | undefined;
}

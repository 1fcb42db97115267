import type { Environment } from '../cloud-config/environment.ts';
import type { Negotiate } from './negotiate.ts';

/** What a session needs of the outside. */
export interface SessionWorld {
  readonly now: () => Date;
  /** Random bytes: for request ids, and to spread repeated requests. */
  readonly random: (bytes: number) => Uint8Array;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** For proxies (`HTTPS_PROXY`…) and Kerberos. */
  readonly env: Environment;
  /** Gets a line for each request; no secret is in it. */
  readonly debug?: ((line: string) => void) | undefined;
  /** Logs in with a Kerberos ticket; by curl unless told. */
  readonly kerberos?: Negotiate;
  /** Aborts on Ctrl-C: then reading stops, and nothing is tried again. */
  readonly interrupted?: AbortSignal | undefined;
}

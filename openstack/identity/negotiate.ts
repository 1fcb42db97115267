import type { CloudTls } from '../cloud-config/cloud-config.ts';
import type { Incoming } from '../transport/exchange.ts';

/** A login that shows a Kerberos ticket (SPNEGO) instead of a secret. */
export interface NegotiateRequest {
  readonly url: string;
  /** JSON; holds no secret. */
  readonly body: string;
  readonly tls: CloudTls;
}

/** Sends a request with a ticket of the person's ticket cache. @throws OpenStackError Unauthenticated without a ticket, Unreachable… */
export type Negotiate = (request: NegotiateRequest) => Promise<Incoming>;

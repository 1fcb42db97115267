import { isMapping } from '../cloud-config/raw-cloud.ts';

/** Why a request got no answer. */
export interface Disconnection {
  readonly status: 0;
  readonly failure: 'Unreachable' | 'TimedOut';
  /** For people: host and cause. */
  readonly said: string;
  /** Nothing had left for the server: whatever it was, it was not done. */
  readonly unsent: boolean;
  /** Another try would end the same way: an unknown name, a certificate that is not trusted. */
  readonly lasting: boolean;
  readonly cause: unknown;
}

interface Circumstances {
  readonly url: string;
  readonly timeoutMs: number;
  readonly timedOut: boolean;
}

/** Failures before anything was sent; `lasting` ones come again. `{host}` and `{port}` are filled in. */
const known: Readonly<Record<string, { readonly said: string; readonly lasting: boolean }>> = {
  ECONNREFUSED: { said: 'nothing listens at {host}, port {port}', lasting: false },
  EHOSTUNREACH: { said: 'there is no route to {host}', lasting: false },
  ENETUNREACH: { said: 'there is no route to {host}', lasting: false },
  ENOTFOUND: { said: 'no address is known for {host}', lasting: true },
  EAI_AGAIN: { said: 'the name service does not answer for {host}', lasting: false },
  UND_ERR_CONNECT_TIMEOUT: { said: '{host}, port {port}, does not accept a connection in time', lasting: false },
  ETIMEDOUT: { said: '{host}, port {port}, does not accept a connection in time', lasting: false },
};

/** What a failed exchange says about the connection. */
export function disconnectionOf(error: unknown, { url, timeoutMs, timedOut }: Circumstances): Disconnection {
  const { hostname, port, protocol } = new URL(url);
  const place = (text: string): string =>
    text.replace('{host}', hostname).replace('{port}', port === '' ? (protocol === 'https:' ? '443' : '80') : port);
  const code = codeOf(error);
  const found = known[code];
  if (found !== undefined)
    return {
      status: 0,
      failure: 'Unreachable',
      said: place(found.said),
      unsent: true,
      lasting: found.lasting,
      cause: error,
    };
  const tls = tlsFailure(code, messageOf(error));
  if (tls !== undefined)
    return {
      status: 0,
      failure: 'Unreachable',
      said: `${place('{host}')}: ${tls}`,
      unsent: true,
      lasting: true,
      cause: error,
    };
  if (timedOut) {
    const said = place(`{host} did not answer within ${Math.round(timeoutMs / 100) / 10} s`);
    return { status: 0, failure: 'TimedOut', said, unsent: false, lasting: false, cause: error };
  }
  const said = place(`the connection to {host} broke: ${messageOf(error)}`);
  return { status: 0, failure: 'Unreachable', said, unsent: false, lasting: false, cause: error };
}

/** Codes of Node (OpenSSL's names of failed verification) for a certificate that is not accepted. */
const untrusted: Readonly<Record<string, string>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority that is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is signed by an authority that is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an authority that is not known here',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that is not known here',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  CERT_SIGNATURE_FAILURE: 'its certificate is not signed by the authority of that name that is known here',
  CERT_UNTRUSTED: 'its certificate is signed by an authority that is not trusted here',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for other names',
};

/** Codes that a file with the right authority would cure. */
const curedByAuthority = /^(UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CERT_SIGNATURE|CERT_UNTRUSTED)/;

function tlsFailure(code: string, message: string): string | undefined {
  const known = untrusted[code];
  if (known !== undefined) return known;
  if (/wrong version number|packet length too long/i.test(message)) return 'it speaks HTTP, not HTTPS, at this port';
  return /^(ERR_SSL_|ERR_TLS_|EPROTO)/.test(code) ? `no secure connection: ${message}` : undefined;
}

/** Whether a connection failed because an authority is unknown: naming its file in `cacert` helps. */
export const lacksAuthority = (error: unknown): boolean => curedByAuthority.test(codeOf(error));

/** Whether a certificate was refused for its dates: one of the two clocks may be wrong. */
export const certificateDates = (error: unknown): boolean => /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/.test(codeOf(error));

/** The innermost code: undici wraps what sockets say, and Node the failures of several addresses of a name. */
function codeOf(error: unknown): string {
  const inner = [field(error, 'cause'), ...listOf(field(error, 'errors'))].map((cause) => field(cause, 'code'));
  const code = [...inner, field(error, 'code')].find((value) => typeof value === 'string' && value !== '');
  return typeof code === 'string' ? code : '';
}

function messageOf(error: unknown): string {
  const message = [field(error, 'message'), field(field(error, 'cause'), 'message')].find((text) => text !== '');
  return typeof message === 'string' ? message : String(error);
}

/** Errors are looked at without `instanceof`: they may come from another realm. */
const field = (value: unknown, name: 'cause' | 'code' | 'errors' | 'message'): unknown =>
  isMapping(value) ? value[name] : undefined;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

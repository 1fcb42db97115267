import { ApiError } from '../../kube/errors.ts';

/** What stands between us and an API server. */
export type ConnectionTrouble =
  /** Its certificate is not signed by the authority of the kubeconfig, or ours is not accepted by it. */
  | 'trust'
  /** The server knows us not: 401. */
  | 'credentials'
  /** No answer. */
  | 'unreachable';

/** What the error of a first request means; undefined when the server answered. */
export function connectionTrouble(error: unknown): ConnectionTrouble | undefined {
  if (!(error instanceof ApiError)) return undefined;
  if (error.status === 401) return 'credentials';
  if (error.status !== 0) return undefined;
  return codesOf(error).some(isTls) ? 'trust' : 'unreachable';
}

/** OpenSSL's words for certificates that cannot be verified, and the alerts of a server that cannot verify ours. */
const isTls = (code: string): boolean =>
  /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|ERR_TLS_CERT|ERR_SSL_.*(CERTIFICATE|UNKNOWN_CA|BAD_CERT|ALERT))/.test(
    code,
  );

/** The codes of an error and of what caused it. */
function codesOf(error: unknown): readonly string[] {
  if (typeof error !== 'object' || error === null) return [];
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const causes = 'errors' in error && Array.isArray(error.errors) ? error.errors.flatMap(codesOf) : [];
  return [...code, ...causes, ...('cause' in error ? codesOf(error.cause) : [])];
}

import { readCertificate } from '../../certificates/pem.ts';
import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import type { ConnectionTrouble } from './connection-trouble.ts';
import type { FoundContext } from './known-contexts.ts';

/** What is known about an API server that cannot be used. */
export interface AccessFacts {
  readonly trouble: ConnectionTrouble;
  readonly error: unknown;
  readonly server: string;
  /** Undefined when the context is none that we could read. */
  readonly chosen: FoundContext | undefined;
  /** Whether Magnum names another authority than the kubeconfig; undefined when it could not be asked. */
  readonly rotated: boolean | undefined;
  readonly now: Date;
}

/** What happened, and the command that helps. */
export function explainAccess(facts: AccessFacts): UserError {
  const { trouble, error: cause, server } = facts;
  const renew = `opsparkctl kubeconfig ${facts.chosen?.entry.origin?.cluster ?? 'NAME'} --renew`;
  const expired = expiry(facts);
  if (trouble === 'unreachable')
    return new UserError(
      `The API server ${server} cannot be reached: ${messageOf(cause)}. Is the address right ("opsparkctl status"), and is ` +
        'there a route to it?',
      { exitCode: exitCode.unreachable, cause },
    );
  if (facts.rotated === true)
    return new UserError(
      `The authority of the cluster at ${server} was rotated: its kubeconfig is worth nothing since. Make it anew: ${renew}`,
      { exitCode: exitCode.unreachable, cause },
    );
  if (expired !== undefined)
    return new UserError(`The credentials for ${server} expired on ${expired}. Make them anew: ${renew}`, {
      exitCode: exitCode.authentication,
      cause,
    });
  if (trouble === 'credentials')
    return new UserError(`The API server ${server} does not accept these credentials. Make them anew: ${renew}`, {
      exitCode: exitCode.authentication,
      cause,
    });
  return new UserError(mistrust(facts, renew), { exitCode: exitCode.unreachable, cause });
}

const mistrust = ({ server, error, rotated }: AccessFacts, renew: string): string =>
  rotated === false
    ? `What answers at ${server} is not the cluster: its certificate is not signed by the cluster's authority, which Magnum ` +
      `confirms (${messageOf(error)}). Is another machine at that address, or a proxy in between?`
    : `The certificate of ${server} is not signed by the authority in the kubeconfig (${messageOf(error)}). If the cluster's ` +
      `authority was rotated, make the kubeconfig anew: ${renew}`;

/** When the stored credentials ended, if they did. */
function expiry({ chosen, now }: AccessFacts): string | undefined {
  const user = chosen?.entry.user;
  const ends =
    user?.kind === 'certificate'
      ? readCertificate(user.certPem)?.validToDate
      : user?.kind === 'token'
        ? user.expiresAt
        : undefined;
  return ends === undefined || ends > now ? undefined : ends.toISOString().slice(0, 16).replace('T', ' ') + ' UTC';
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

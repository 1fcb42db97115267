import { readCertificate } from '../../certificates/pem.ts';
import { duration } from '../../terminal/duration.ts';
import { ok, problem, warning, type Finding } from '../doctor/finding.ts';
import { knowsAuthority } from '../kubeconfig/authority.ts';
import type { FoundContext } from '../kubeconfig/known-contexts.ts';

/** The credentials of one context of the cluster. */
export interface CredentialFacts {
  readonly context: string;
  readonly file: string;
  /** Null for programs that get them anew, and for tokens that do not tell. */
  readonly expiresAt: string | null;
  /** False: the cluster's authority was rotated since. Null: Magnum did not tell the authority. */
  readonly authorityKnown: boolean | null;
}

/** The facts of a context. */
export function credentialFacts({ file, entry }: FoundContext, authorityPem: string | undefined): CredentialFacts {
  const { user, context, caPem = '' } = entry;
  const ends =
    user.kind === 'certificate'
      ? readCertificate(user.certPem)?.validToDate
      : user.kind === 'token'
        ? user.expiresAt
        : undefined;
  return {
    context,
    file,
    expiresAt: ends?.toISOString() ?? null,
    authorityKnown: authorityPem === undefined ? null : knowsAuthority(caPem, authorityPem),
  };
}

const DAY_MS = 86_400_000;
/** Below so many days a certificate deserves a word. Tokens are short-lived by design. */
const SOON_DAYS = 30;

/** Judges them: expired, or of an older authority, is a problem; soon to expire a warning. */
export function credentialFinding(
  { context, file, expiresAt, authorityKnown }: CredentialFacts,
  { cluster, now, isToken }: { readonly cluster: string; readonly now: Date; readonly isToken: boolean },
): Finding {
  const check = isToken ? 'token' : 'certificate';
  const remedy = `opsparkctl kubeconfig ${cluster} --renew --output ${file}`;
  if (authorityKnown === false)
    return problem(check, `${context}: worthless since the cluster's authority was rotated`, remedy);
  if (expiresAt === null) return ok(check, `${context}: got anew when it is needed`);
  const left = Date.parse(expiresAt) - now.getTime();
  const day = expiresAt.slice(0, 10);
  if (left <= 0) return problem(check, `${context}: expired on ${day}`, remedy);
  if (isToken) return ok(check, `${context}: ${duration(left)} left, until ${day}`);
  const days = Math.floor(left / DAY_MS);
  const said = `${context}: ${days === 1 ? '1 day' : `${days} days`} left, until ${day}`;
  return days < SOON_DAYS ? warning(check, said, remedy) : ok(check, said);
}

import type { Microversion } from '../container-infra/magnum.ts';
import { hasSince, TRUST_FREE, versionText } from '../container-infra/microversion.ts';
import type { Login } from '../identity/session.ts';
import type { Finding } from './finding.ts';
import { exitCode } from '../exit-code.ts';

const passwordInstead = 'log in with a password or Kerberos instead';

/** Below 1.13 Magnum's conductor makes a Keystone trust for each cluster, whatever its driver. */
const makesTrusts = (max: Microversion): boolean => !hasSince(max, TRUST_FREE);

/**
 * Whether a login may make clusters. Application credentials are delegated: restricted ones may neither make trusts nor the
 * child credential that drivers need; unrestricted ones are refused trusts by Keystones with the fixes of 2026, and that
 * shows only after the order, as CREATE_FAILED.
 */
export function delegatedLogin(
  { applicationCredential }: Pick<Login, 'applicationCredential'>,
  max: Microversion,
): Finding | undefined {
  if (applicationCredential === undefined) return undefined;
  if (applicationCredential.restricted)
    return {
      level: 'refusal',
      exitCode: exitCode.forbidden,
      text: `the login is a restricted application credential, which Keystone does not let act for a cluster: ${passwordInstead}, or with an unrestricted one`,
    };
  if (!makesTrusts(max)) return undefined;
  return {
    level: 'warning',
    text: `the login is an application credential, and this Magnum (${versionText(max)}) makes a trust for each cluster: Keystones of 2026 refuse that; if the cluster fails at once, ${passwordInstead}`,
  };
}

import type { Microversion } from '../container-infra/magnum.ts';
import { hasSince, TRUST_FREE, versionText } from '../container-infra/microversion.ts';
import { exitCode } from '../exit-code.ts';
import type { Login } from '../identity/session.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const PASSWORD = 'log in with a password or Kerberos for it';

/** What became of asking for EC2 keys. */
export type Ec2Answer =
  /** A key was made and deleted again. */
  | { readonly kind: 'made' }
  | { readonly kind: 'listed'; readonly count: number }
  | { readonly kind: 'refused'; readonly said: string };

/**
 * Whether this login can have clusters created in its name. Magnum below 1.13 makes a Keystone trust for every cluster, which
 * patched Keystones refuse to delegated logins; later ones make an application credential, which restricted ones may not.
 * A Keystone that refuses an application credential EC2 keys is a patched one.
 */
export function trustFinding(login: Login, max: Microversion | undefined, ec2: Ec2Answer | undefined): Finding {
  const credential = login.applicationCredential;
  if (credential === undefined) return ok('delegation', 'not a delegated login: clusters can be created with it');
  const failing = (kind: string): Finding =>
    problem(
      'delegation',
      `${kind}: creating a cluster ends in CREATE_FAILED, "Failed to create trustee or trust"`,
      `${PASSWORD}; all else works with this one`,
      exitCode.forbidden,
    );
  if (credential.restricted) return failing('a restricted application credential');
  if (max === undefined)
    return warning('delegation', 'an application credential, and Magnum does not tell its version', PASSWORD);
  if (hasSince(max, TRUST_FREE))
    return ok('delegation', `an unrestricted application credential, and Magnum ${versionText(max)} makes no trusts`);
  const trusts = `an application credential, and Magnum ${versionText(max)} makes trusts`;
  if (ec2?.kind === 'refused') return failing(`${trusts}, which this Keystone refuses to it`);
  return warning('delegation', `${trusts}: a Keystone with the fixes of 2026 refuses them to it`, PASSWORD);
}

/** Whether S3 keys can be had. */
export function ec2Finding(login: Login, answer: Ec2Answer): Finding {
  if (answer.kind === 'refused')
    return warning(
      's3 keys',
      `Keystone refuses this login EC2 keys: ${answer.said}`,
      `${PASSWORD}, or give keys with --s3-access-key-file and --s3-secret-key-file`,
    );
  if (answer.kind === 'made') return ok('s3 keys', 'an EC2 key could be made and deleted');
  const said = `${answer.count} EC2 keys in this project`;
  if (login.applicationCredential?.restricted === true)
    return warning(
      's3 keys',
      `${said}; a restricted application credential gets none from a Keystone with the fixes of 2026`,
      'doctor --probe tells',
    );
  return ok('s3 keys', said);
}

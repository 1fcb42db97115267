import type { Microversion } from '../container-infra/magnum.ts';
import { OLDEST } from '../container-infra/microversion.ts';
import { exitCode } from '../exit-code.ts';
import type { Login } from '../identity/session.ts';
import { delegatedLogin } from '../kube-cluster/delegated-login.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const PASSWORD = 'log in with a password or Kerberos for it';

/** What became of asking for EC2 keys. */
export type Ec2Answer =
  /** A key was made and deleted again. */
  | { readonly kind: 'made' }
  | { readonly kind: 'listed'; readonly count: number }
  | { readonly kind: 'refused'; readonly said: string };

/**
 * Whether this login can have clusters created in its name: what `create kube` would say. A Keystone that refuses an
 * application credential EC2 keys has the fixes of 2026, so it refuses trusts, too.
 * @param max undefined: Magnum could not be asked, and is taken for one that makes trusts
 */
export function trustFinding(login: Login, max: Microversion | undefined, ec2: Ec2Answer | undefined): Finding {
  if (login.applicationCredential === undefined)
    return ok('delegation', 'not a delegated login: clusters can be created with it');
  const verdict = delegatedLogin(login, max ?? OLDEST);
  if (verdict === undefined)
    return ok('delegation', 'an unrestricted application credential, and this Magnum makes no trusts');
  const [said = '', ...remedy] = verdict.text.split(': ');
  const advice = remedy.join(': ');
  return verdict.level === 'refusal' || ec2?.kind === 'refused'
    ? problem('delegation', said, advice, exitCode.forbidden)
    : warning('delegation', said, advice);
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

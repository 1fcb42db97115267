import { exitCode } from '../exit-code.ts';
import type { OpenStackError } from '../openstack-error.ts';
import type { About, Explanation } from './about.ts';
import { serviceNameFirst } from './service-name.ts';

/** Refusals that deserve words of their own; the first that fits speaks. */
const known: readonly {
  readonly fits: (facts: OpenStackError['facts']) => boolean;
  readonly text: string;
  readonly hint: string;
}[] = [
  {
    fits: ({ said, service }) => service === 'container-infra' && /maximum clusters per project|quota/i.test(said),
    text: 'the project may have no more clusters',
    hint: '"opsparkctl status" lists yours: delete one ("opsparkctl delete kube NAME"), or ask for a larger quota.',
  },
  {
    fits: ({ path }) => path.includes('/credentials/OS-EC2'),
    text: 'this login may not make or see S3 keys (EC2 credentials)',
    hint:
      'Application credentials and other delegated logins are refused: log in with a password or Kerberos, hand in keys that ' +
      'you have (--s3-access-key-file and --s3-secret-key-file), or go on without S3 (--no-s3).',
  },
  {
    fits: ({ path, service }) => service === 'identity' && path.endsWith('/auth/tokens'),
    text: 'the token cannot be exchanged for one of another project',
    hint: 'Leave the project out to use the one the token is for, or log in with a password or Kerberos.',
  },
  {
    fits: ({ said }) => /quota|limit exceeded|exceeds? .*limit/i.test(said),
    text: 'the project is over a quota',
    hint: '"opsparkctl doctor" shows what is left.',
  },
];

/** A refusal by policy or quota: what was refused, what the login may do, and what helps. */
export function forbidden({ facts }: OpenStackError, { login, cloud }: About): Explanation {
  const trace = facts.requestId === undefined ? '' : ` (request ${facts.requestId})`;
  const fitting = known.find(({ fits }) => fits(facts));
  const text = fitting === undefined ? `${serviceNameFirst(facts.service)} does not allow it` : fitting.text;
  return {
    text: `${text}: ${facts.said}${trace}\n${fitting?.hint ?? rolesHint(login, cloud)}`,
    exitCode: exitCode.forbidden,
  };
}

function rolesHint(login: About['login'], cloud: About['cloud']): string {
  if (login === undefined) return 'The login may lack a role in the project: clusters need "member".';
  const roles = login.roles.length === 0 ? 'no role' : `the roles ${login.roles.join(', ')}`;
  const project = login.project === undefined ? 'no project' : `project "${login.project.name}"`;
  const delegated = login.applicationCredential?.restricted === true;
  return (
    `${login.user.name} has ${roles} in ${project}${cloud === undefined ? '' : ` of cloud "${cloud.name}"`}; clusters need "member".` +
    (delegated ? ' The application credential is restricted, too.' : '')
  );
}

import { exitCode } from '../exit-code.ts';
import { NO_TICKET } from '../identity/no-ticket.ts';
import type { OpenStackError } from '../openstack-error.ts';
import type { About, Explanation } from './about.ts';
import { describeLogin } from './describe-login.ts';

/** Why Keystone took no login, as far as can be told: it answers 401 to every mistake with the same words. */
export function loginRefused({ facts }: OpenStackError, { cloud }: About): Explanation {
  const login = cloud === undefined ? 'the login' : `the login of ${describeLogin(cloud)}`;
  const trace = facts.requestId === undefined ? '' : ` (request ${facts.requestId})`;
  const text = [`Keystone does not accept ${login}: ${facts.said}${trace}`, hint(facts.said, cloud)];
  return { text: text.filter((line) => line !== '').join('\n'), exitCode: exitCode.authentication };
}

/** Whether a login failed for want of a Kerberos ticket. */
export const lacksTicket = ({ facts }: OpenStackError): boolean => facts.said.includes(NO_TICKET);

function hint(said: string, cloud: About['cloud']): string {
  if (said.includes(NO_TICKET)) return 'Get a ticket with "kinit" ("klist" shows what you have), and try again.';
  switch (cloud?.auth.method) {
    case 'password':
      return 'Keystone does not tell what is wrong: the user, its domain or the password, which may have expired.';
    case 'application_credential':
      return (
        'Keystone does not tell what is wrong: the credential may have expired or been deleted, its secret may be another, ' +
        'or its user may have lost the role ("openstack application credential list" shows yours).'
      );
    case 'token':
      return 'The token has expired or was revoked: get a new one with "openstack token issue -f value -c id".';
    case 'kerberos':
      return 'The ticket was shown, but Keystone knows no such user, or the user has no role in the project.';
    case undefined:
      return '';
  }
}

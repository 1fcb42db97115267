import { exitCode } from '../exit-code.ts';
import type { OpenStackError } from '../openstack-error.ts';
import { certificateDates, lacksAuthority } from '../transport/disconnection.ts';
import type { About, Explanation } from './about.ts';
import { serviceNameFirst } from './service-name.ts';

/** Why there was no connection, and what to set: an authority's file before anything that would check nothing. */
export function unreachable({ facts }: OpenStackError, { cloud }: About): Explanation {
  const of = cloud === undefined ? '' : ` of cloud "${cloud.name}"`;
  const lines = [`${serviceNameFirst(facts.service)}${of} cannot be reached: ${facts.said}`];
  if (lacksAuthority(facts.cause)) lines.push(authorityHint(cloud));
  else if (certificateDates(facts.cause)) lines.push('If its dates look right, the clock of this machine is wrong.');
  else if (facts.said.includes('no address is known')) lines.push(addressHint(facts.service));
  return { text: lines.join('\n'), exitCode: exitCode.unreachable };
}

function authorityHint(cloud: About['cloud']): string {
  const file = cloud?.tls.caFile;
  const where = `"cacert" of the entry${cloud === undefined ? '' : ` in ${cloud.source}`}, OS_CACERT or --os-cacert`;
  if (file === undefined)
    return `Name the file with the certificate (PEM) of the cloud's authority: ${where}. The operators of the cloud have it.`;
  return `The file named so far, ${file}, does not hold that authority: name another with ${where}.`;
}

const addressHint = (service: string): string =>
  service === 'identity'
    ? 'Check auth_url (OS_AUTH_URL), and whether this machine is in the right network.'
    : 'The name comes from the catalog: try another --interface, or check whether this machine is in the right network.';

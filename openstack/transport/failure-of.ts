import type { OpenStackFailure } from '../openstack-error.ts';

const byStatus: Readonly<Record<number, OpenStackFailure>> = {
  401: 'Unauthenticated',
  403: 'Forbidden',
  // Neutron and Nova answer so when a quota is full.
  413: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  406: 'NotAcceptable',
};

/** What the status of a refusal means. */
export function failureOf(status: number): OpenStackFailure {
  const found = byStatus[status];
  if (found !== undefined) return found;
  if (status >= 500 || status === 429 || status === 408) return 'ServerError';
  return status >= 400 ? 'BadRequest' : 'Unintelligible';
}

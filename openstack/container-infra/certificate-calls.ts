import type { Answer, Call } from '../identity/session.ts';
import { OpenStackError } from '../openstack-error.ts';
import type { Magnum } from './magnum.ts';
import type { VersionedRequests } from './versioned-requests.ts';

/** The authority of a cluster, and what it signs. */
export const certificateCalls = (request: VersionedRequests['request']): Pick<Magnum, 'authority' | 'sign'> => ({
  authority: async (uuid) => {
    const call = { method: 'GET', path: `/v1/certificates/${encodeURIComponent(uuid)}` } as const;
    return pemOf(call, await request(call));
  },
  sign: async (uuid, csr) => {
    const call = { method: 'POST', path: '/v1/certificates', body: { cluster_uuid: uuid, csr } } as const;
    return pemOf(call, await request(call));
  },
});

type PemAnswer = Answer<{ readonly pem?: string } | undefined>;

function pemOf({ method, path }: Pick<Call, 'method' | 'path'>, { body, status, headers }: PemAnswer): string {
  if (body?.pem?.includes('-----BEGIN CERTIFICATE-----') === true) return body.pem;
  throw new OpenStackError({
    failure: 'Unintelligible',
    status,
    service: 'container-infra',
    method,
    path,
    said: 'the answer holds no certificate in PEM',
    requestId: headers['x-openstack-request-id'],
  });
}

import type { Limit } from '../compute/nova.ts';
import { everyPage } from '../every-page.ts';
import type { Session } from '../identity/session.ts';
import { failedWith } from '../openstack-error.ts';
import type { Neutron } from './neutron.ts';

interface QuotaDetails {
  readonly quota: {
    readonly floatingip?: { readonly used: number; readonly reserved?: number; readonly limit: number };
  };
}

/** Neutron over a session. */
export function neutron(session: Session): Neutron {
  return {
    externalNetworks: async () => {
      const networks = await everyPage<{ readonly id: string; readonly name: string }>(session, {
        call: { service: 'network', method: 'GET', path: '/v2.0/networks', query: { 'router:external': 'True' } },
        field: 'networks',
        markerOf: ({ id }) => id,
      });
      return networks.map(({ id, name }) => ({ id, name }));
    },
    floatingIpLimit: async (projectId) => {
      try {
        const path = `/v2.0/quotas/${encodeURIComponent(projectId)}/details.json`;
        const { body } = await session.request<QuotaDetails>({ service: 'network', method: 'GET', path });
        return limitOf(body);
      } catch (error) {
        // The extension quota_details is optional, and policies may hide it.
        if (failedWith(error, 'Forbidden', 'NotFound', 'BadRequest')) return undefined;
        throw error;
      }
    },
  };
}

/** Reserved addresses are as good as used; -1 means unlimited. */
function limitOf({ quota: { floatingip } }: QuotaDetails): Limit | undefined {
  if (floatingip === undefined) return undefined;
  const { used, reserved = 0, limit } = floatingip;
  return { used: used + reserved, limit: limit < 0 ? undefined : limit };
}

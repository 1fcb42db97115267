import type { Limit } from '../compute/nova.ts';

/** The needed part of OpenStack Neutron, API v2.0. Every call throws OpenStackError. */
export interface Neutron {
  readonly externalNetworks: () => Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Undefined where the cloud does not tell. */
  readonly floatingIpLimit: (projectId: string) => Promise<Limit | undefined>;
}

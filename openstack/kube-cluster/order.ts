import { createHash } from 'node:crypto';

import type { ClusterOrder } from '../container-infra/magnum.ts';
import type { ClusterWishes } from './cluster-wishes.ts';

/** The label by which a cluster tells who ordered it, and what: another machine, or an empty home folder, finds it again by that. */
export const ORDER_LABEL = 'opsparkctl_order';

/** The body of the order. `templateUuid` takes the place of a name, which may mean another template tomorrow. */
export function orderOf(wishes: ClusterWishes, templateUuid: string): ClusterOrder {
  const given = {
    keypair: wishes.keypair,
    node_count: wishes.nodeCount,
    master_count: wishes.masterCount,
    flavor_id: wishes.flavor,
    master_flavor_id: wishes.masterFlavor,
    create_timeout: wishes.createTimeoutMinutes,
    fixed_network: wishes.network,
    fixed_subnet: wishes.subnet,
    floating_ip_enabled: wishes.floatingIp,
    master_lb_enabled: wishes.masterLb,
    docker_volume_size: wishes.dockerVolumeSize,
  };
  const bare = { name: wishes.name, cluster_template_id: templateUuid, ...defined(given) };
  const order = orderHash({ ...bare, labels: wishes.labels });
  return { ...bare, labels: { ...wishes.labels, [ORDER_LABEL]: order }, merge_labels: true };
}

/** The same for the same order, whatever the order of its keys. Twelve hexadecimal digits: labels are short. */
export const orderHash = (order: object): string =>
  createHash('sha256').update(canonical(order)).digest('hex').slice(0, 12);

const canonical = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? `{${Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`)
        .join(',')}}`
    : JSON.stringify(value);

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Fields that nobody gave are not sent: Magnum takes the template's. */
const defined = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>; // as filtered

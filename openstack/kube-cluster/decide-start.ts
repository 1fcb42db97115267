import type { Cluster } from '../container-infra/magnum.ts';
import { ORDER_LABEL } from './order.ts';

/** What is known when a cluster is asked for. */
export interface Seen {
  readonly name: string;
  /** The clusters of this name in the project. */
  readonly named: readonly Cluster[];
  /** UUIDs of that name in the state file. */
  readonly remembered: readonly string[];
  /** The hash of what is ordered now; undefined while questions are open. */
  readonly order: string | undefined;
  /** Where a cluster is otherwise than wished. */
  readonly contradictions: (cluster: Cluster) => readonly string[];
  readonly adopt: boolean;
  readonly recreate: boolean;
}

export type Start =
  | { readonly kind: 'order' }
  /** Ours, or taken over on the person's word. */
  | { readonly kind: 'resume'; readonly cluster: Cluster; readonly adopted: boolean }
  /** Is being deleted; when it is gone, the order can be placed. */
  | { readonly kind: 'await-end'; readonly cluster: Cluster }
  /** Failed, and shall be deleted and made again. */
  | { readonly kind: 'replace'; readonly cluster: Cluster }
  | { readonly kind: 'refuse'; readonly message: string };

/**
 * Whether a cluster is ordered, or one that is there is gone on with. Names are not unique in Magnum, so a name alone never
 * makes a cluster ours: its UUID in the state file does, or the label of an order.
 */
export function decideStart(seen: Seen): Start {
  const leaving = seen.named.filter(({ status }) => /^DELETE_(IN_PROGRESS|COMPLETE)$/.test(status));
  const there = seen.named.filter((cluster) => !leaving.includes(cluster));
  const remembered = there.filter(({ uuid }) => seen.remembered.includes(uuid));
  const [first, second] = remembered.length > 0 ? remembered : there;
  if (first !== undefined && second !== undefined) return refuse(several(seen.name, there));
  if (first !== undefined) return startWith(first, seen);
  const [cluster] = leaving;
  return cluster === undefined ? { kind: 'order' } : { kind: 'await-end', cluster };
}

function startWith(cluster: Cluster, seen: Seen): Start {
  const ours = seen.remembered.includes(cluster.uuid) || orderOfCluster(cluster) !== undefined;
  if (!ours && !seen.adopt) return refuse(taken(cluster));
  if (cluster.status === 'DELETE_FAILED') return refuse(halfDeleted(cluster));
  const differences = isSameOrder(cluster, seen.order) || seen.adopt ? [] : seen.contradictions(cluster);
  if (differences.length > 0) return refuse(otherwise(cluster, differences));
  if (cluster.status === 'CREATE_FAILED' && seen.recreate) return { kind: 'replace', cluster };
  return { kind: 'resume', cluster, adopted: !ours };
}

/** The hash of the order that made a cluster; undefined when opsparkctl did not make it. */
export const orderOfCluster = ({ labels }: Cluster): string | undefined => labels?.[ORDER_LABEL];

const isSameOrder = (cluster: Cluster, order: string | undefined): boolean =>
  order !== undefined && orderOfCluster(cluster) === order;

const refuse = (message: string): Start => ({ kind: 'refuse', message });

const several = (name: string, clusters: readonly Cluster[]): string =>
  [
    `${clusters.length} clusters are called "${name}"; delete the superfluous ones by UUID (opsparkctl delete kube UUID), or choose another name:`,
    ...clusters.map(({ uuid, status, created_at }) => `  ${uuid}  ${status}  ${created_at ?? ''}`.trimEnd()),
  ].join('\n');

const taken = ({ name, uuid, status }: Cluster): string =>
  `the name "${name}" is taken by a cluster that opsparkctl did not make (${uuid}, ${status}): ` +
  'choose another name, or take that cluster with --adopt';

const halfDeleted = ({ name, uuid, status_reason }: Cluster): string =>
  `cluster "${name}" (${uuid}) could not be deleted${status_reason ? ` (${status_reason})` : ''}: ` +
  `finish that first with "opsparkctl delete kube ${name}"`;

const otherwise = ({ name, uuid }: Cluster, differences: readonly string[]): string =>
  [
    `cluster "${name}" exists (${uuid}), but not as it is wished now; nothing was changed. Leave the flags out, take it as it is with --adopt, or choose another name:`,
    ...differences.map((difference) => `  ${difference}`),
  ].join('\n');

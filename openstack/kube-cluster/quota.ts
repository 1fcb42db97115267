import type { ComputeLimits, Flavor, Limit } from '../compute/nova.ts';

/** What a cluster takes of a project's compute quota. Undefined flavors are unknown: then only servers are counted. */
export interface Need {
  readonly nodes: number;
  readonly masters: number;
  readonly flavor: Flavor | undefined;
  readonly masterFlavor: Flavor | undefined;
}

/** A quota that does not suffice. */
export interface Shortage {
  readonly what: 'instances' | 'cores' | 'ram';
  readonly needed: number;
  readonly free: number;
}

/** What is left, `Infinity` where there is no limit. */
const freeOf = ({ used, limit }: Limit): number => (limit === undefined ? Infinity : Math.max(0, limit - used));

/** The quotas that do not suffice, servers first. Other quotas, and other people, may still stand in the way. */
export function shortages(limits: ComputeLimits, { nodes, masters, flavor, masterFlavor }: Need): readonly Shortage[] {
  const total = (amount: (flavor: Flavor) => number): number =>
    nodes * (flavor === undefined ? 0 : amount(flavor)) +
    masters * (masterFlavor === undefined ? 0 : amount(masterFlavor));
  const needs: readonly Shortage[] = [
    { what: 'instances', needed: nodes + masters, free: freeOf(limits.instances) },
    { what: 'cores', needed: total(({ vcpus }) => vcpus), free: freeOf(limits.cores) },
    { what: 'ram', needed: total(({ ram }) => ram), free: freeOf(limits.ram) },
  ];
  return needs.filter(({ needed, free }) => needed > free);
}

/** The most nodes that fit beside the masters; undefined when nothing limits them. */
export function largestNodeCount(limits: ComputeLimits, need: Omit<Need, 'nodes'>): number | undefined {
  const { masters, flavor, masterFlavor } = need;
  const left = (limit: Limit, amount: (flavor: Flavor) => number): number => {
    const each = flavor === undefined ? 0 : amount(flavor);
    const free = freeOf(limit) - masters * (masterFlavor === undefined ? 0 : amount(masterFlavor));
    return each === 0 ? Infinity : Math.floor(free / each);
  };
  const most = Math.min(
    freeOf(limits.instances) - masters,
    left(limits.cores, ({ vcpus }) => vcpus),
    left(limits.ram, ({ ram }) => ram),
  );
  return most === Infinity ? undefined : Math.max(0, most);
}

const words: Readonly<Record<Shortage['what'], (count: number) => string>> = {
  instances: (count) => `${count} servers`,
  cores: (count) => `${count} cores`,
  ram: (count) => `${Math.round(count / 102.4) / 10} GiB of memory`,
};

/** `needs 4 servers, but 2 servers are left in the project's quota` */
export const shortageText = ({ what, needed, free }: Shortage): string =>
  `the cluster needs ${words[what](needed)}, but the project's quota has ${words[what](free)} left`;

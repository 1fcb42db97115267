import { describe, expect, it } from '@jest/globals';

import type { ComputeLimits, Flavor } from '../compute/nova.ts';
import { largestNodeCount, type Need, shortages, shortageText } from './quota.ts';

const small: Flavor = { id: '1', name: 'small', vcpus: 1, ram: 2048, disk: 20 };
const large: Flavor = { id: '2', name: 'large', vcpus: 4, ram: 8192, disk: 80 };
const unlimited = { used: 3, limit: undefined };

const limits = (changes: Partial<ComputeLimits>): ComputeLimits => ({
  instances: unlimited,
  cores: unlimited,
  ram: unlimited,
  ...changes,
});

const need = (nodes: number): Need => ({ nodes, masters: 1, flavor: large, masterFlavor: small });

describe('quota before an order', () => {
  const cases: Record<string, { given: [ComputeLimits, Need]; want: readonly string[] }> = {
    'no limit is short of nothing': { given: [limits({}), need(1000)], want: [] },
    'what just fits is enough': {
      given: [
        limits({ instances: { used: 7, limit: 10 }, cores: { used: 0, limit: 9 }, ram: { used: 0, limit: 18_432 } }),
        need(2),
      ],
      want: [],
    },
    'servers, masters included': {
      given: [limits({ instances: { used: 8, limit: 10 } }), need(2)],
      want: ["the cluster needs 3 servers, but the project's quota has 2 servers left"],
    },
    "cores by each group's own flavor": {
      given: [limits({ cores: { used: 2, limit: 10 } }), need(2)],
      want: ["the cluster needs 9 cores, but the project's quota has 8 cores left"],
    },
    memory: {
      given: [limits({ ram: { used: 1024, limit: 18_432 } }), need(2)],
      want: ["the cluster needs 18 GiB of memory, but the project's quota has 17 GiB of memory left"],
    },
    'all at once': {
      given: [
        limits({ instances: { used: 0, limit: 0 }, cores: { used: 0, limit: 0 }, ram: { used: 0, limit: 0 } }),
        need(1),
      ],
      want: [
        "the cluster needs 2 servers, but the project's quota has 0 servers left",
        "the cluster needs 5 cores, but the project's quota has 0 cores left",
        "the cluster needs 10 GiB of memory, but the project's quota has 0 GiB of memory left",
      ],
    },
    'a quota that is overdrawn has nothing left': {
      given: [limits({ instances: { used: 12, limit: 10 } }), need(1)],
      want: ["the cluster needs 2 servers, but the project's quota has 0 servers left"],
    },
    'unknown flavors count servers only': {
      given: [
        limits({ instances: { used: 0, limit: 1 }, cores: { used: 0, limit: 0 } }),
        { nodes: 1, masters: 1, flavor: undefined, masterFlavor: undefined },
      ],
      want: ["the cluster needs 2 servers, but the project's quota has 1 servers left"],
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given: [has, wants], want }) => {
    expect(shortages(has, wants).map(shortageText)).toEqual(want);
  });
});

describe('the most nodes that fit', () => {
  const fit = (changes: Partial<ComputeLimits>) =>
    largestNodeCount(limits(changes), { masters: 1, flavor: large, masterFlavor: small });

  it.each<[string, Partial<ComputeLimits>, number | undefined]>([
    ['unlimited', {}, undefined],
    ['by servers', { instances: { used: 4, limit: 10 } }, 5],
    ['by cores, after the master', { cores: { used: 0, limit: 17 } }, 4],
    ['by memory, after the master', { ram: { used: 0, limit: 2048 + 3 * 8192 + 1 } }, 3],
    ['by the scarcest', { instances: { used: 0, limit: 10 }, cores: { used: 0, limit: 6 } }, 1],
    ['none, and never fewer', { instances: { used: 10, limit: 10 } }, 0],
  ])('%s', (_name, changes, want) => {
    expect(fit(changes)).toBe(want);
  });
});

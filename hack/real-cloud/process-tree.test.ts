import { describe, expect, it } from '@jest/globals';

import { identify } from '../cluster/process-identity.ts';
import { descendants, parentAndPages, processTree, residentBytes } from './process-tree.ts';

describe('descendants', () => {
  const parents = new Map([
    [10, 1],
    [11, 10],
    [12, 11],
    [20, 1],
    [21, 20],
  ]);

  it('are the process itself, first, and all below it', () => {
    expect(descendants(10, parents)).toEqual([10, 11, 12]);
  });

  it('of a process without children are that process', () => {
    expect(descendants(21, parents)).toEqual([21]);
  });
});

describe('parentAndPages', () => {
  it('counts fields after the name, whatever is in it', () => {
    const numbers = Array.from({ length: 20 }, (_, index) => index + 3).join(' ');
    expect(parentAndPages(`7 (a ) name) S 5 ${numbers}`)).toEqual({ parent: 5, pages: 22 });
  });
});

describe('processTree', () => {
  it('finds this process, with its memory', () => {
    const self = identify(process.pid);
    if (self === undefined) throw new Error('This process runs');
    const tree = processTree(self);
    expect(tree[0]).toEqual(self);
    expect(residentBytes([self])).toBeGreaterThan(10_000_000);
  });

  it('is empty when the number belongs to another process now', () => {
    const self = identify(process.pid);
    if (self === undefined) throw new Error('This process runs');
    expect(processTree({ ...self, startTime: '1' })).toEqual([]);
  });
});

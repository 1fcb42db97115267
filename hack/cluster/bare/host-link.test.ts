import { describe, expect, it } from '@jest/globals';

import { chooseHostLink, hostLinkCommands } from './host-link.ts';

const cases: Record<string, { used: readonly string[]; want: readonly [string, string] }> = {
  'the first pair on a machine without clusters': { used: ['127.0.0.1'], want: ['10.99.255.1', '10.99.255.2'] },
  'the next pair beside another cluster': { used: ['10.99.255.1'], want: ['10.99.255.5', '10.99.255.6'] },
  'no pair of which the machine has the other end': { used: ['10.99.255.2'], want: ['10.99.255.5', '10.99.255.6'] },
  'a pair that has become free': { used: ['10.99.255.5'], want: ['10.99.255.1', '10.99.255.2'] },
};

describe('chooseHostLink', () => {
  it.each(Object.entries(cases))('takes %s', (_name, { used, want }) => {
    const link = chooseHostLink('spark-operator-abc123', used);
    expect([link.hostAddress, link.nodeAddress]).toEqual(want);
  });

  it('gives an interface a name that the kernel takes', () => {
    const { interface: name } = chooseHostLink('a-cluster-with-a-very-long-name-abc123', []);
    expect(name).toBe('so-abc123');
  });

  it('says when there is no pair left', () => {
    const used = Array.from({ length: 64 }, (_, index) => `10.99.255.${index * 4 + 1}`);
    expect(() => chooseHostLink('c-abc123', used)).toThrow('All 64 pairs');
  });
});

describe('hostLinkCommands', () => {
  it('lay one cable with an address at each end, and no route', () => {
    const { machine, node } = hostLinkCommands(chooseHostLink('c-abc123', []), 77);
    expect([...machine, ...node].map((args) => args.join(' '))).toEqual([
      'link add so-abc123 type veth peer name host0 netns 77',
      'address add 10.99.255.1/30 dev so-abc123',
      'link set so-abc123 up',
      'address add 10.99.255.2/30 dev host0',
      'link set host0 up',
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';

import { networkCommands } from './network-commands.ts';
import { nodeLayouts } from './node-layout.ts';

const lines = (count: number): string[] =>
  networkCommands(nodeLayouts('c', '/c', count), ({ index }) => 100 + index).map(
    ({ node, args }) => `${node}: ${args.join(' ')}`,
  );

describe('networkCommands', () => {
  it('give a single node an address, a way for Service addresses, and no other interface', () => {
    expect(lines(1)).toEqual([
      'node0: link set lo up',
      'node0: link add node0 type bridge',
      'node0: address add 10.99.0.1/24 dev node0',
      'node0: link set node0 up',
      'node0: route replace default dev node0',
    ]);
  });

  it('plug a second node into the first, and tell each the way to the pods of the other', () => {
    const both = lines(2);
    expect(both).toContain('node0: link add to-node1 type veth peer name eth0 netns 101');
    expect(both).toContain('node1: address add 10.99.0.2/24 dev eth0');
    expect(both).toContain('node1: route replace default via 10.99.0.1');
    expect(both.slice(-2)).toEqual([
      'node0: route add 10.98.1.0/24 via 10.99.0.2',
      'node1: route add 10.98.0.0/24 via 10.99.0.1',
    ]);
  });

  it('make a route from every node to every other', () => {
    expect(lines(3).filter((line) => line.includes('route add'))).toHaveLength(6);
  });
});

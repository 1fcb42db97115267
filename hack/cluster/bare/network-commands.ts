import { NODE_NETWORK_BITS, type NodeLayout } from './node-layout.ts';

/** Arguments of `ip`, to be run inside the network namespace of the named node. */
export interface IpCommand {
  readonly node: string;
  readonly args: readonly string[];
}

/** The first node's bridge: its own interface, and the switch that the other nodes are plugged into. */
const BRIDGE = 'node0';

/**
 * The network of the nodes, in order. There is no way out of it: what runs in it reaches nothing but itself.
 * `initPid` gives the process whose namespace is the other end of a cable.
 */
export function networkCommands(nodes: readonly NodeLayout[], initPid: (node: NodeLayout) => number): IpCommand[] {
  const [first, ...others] = nodes;
  if (first === undefined) return [];
  return [...firstNode(first), ...others.flatMap((node) => otherNode(first, node, initPid(node))), ...routes(nodes)];
}

function firstNode({ name, address }: NodeLayout): IpCommand[] {
  return commands(name, [
    'link set lo up',
    // There is no dummy device in every kernel; a bridge with nothing plugged in serves as well.
    `link add ${BRIDGE} type bridge`,
    `address add ${address}/${NODE_NETWORK_BITS} dev ${BRIDGE}`,
    `link set ${BRIDGE} up`,
    // Addresses of Services must be routable to be translated at all.
    `route replace default dev ${BRIDGE}`,
  ]);
}

function otherNode(first: NodeLayout, node: NodeLayout, pid: number): IpCommand[] {
  const cable = `to-${node.name}`;
  return [
    ...commands(first.name, [
      `link add ${cable} type veth peer name eth0 netns ${pid}`,
      `link set ${cable} master ${BRIDGE}`,
      `link set ${cable} up`,
    ]),
    ...commands(node.name, [
      'link set lo up',
      `address add ${node.address}/${NODE_NETWORK_BITS} dev eth0`,
      'link set eth0 up',
      `route replace default via ${first.address}`,
    ]),
  ];
}

/** Each node knows the way to the pods of each other node. */
function routes(nodes: readonly NodeLayout[]): IpCommand[] {
  return nodes.flatMap((from) =>
    nodes
      .filter((to) => to !== from)
      .flatMap((to) => commands(from.name, [`route add ${to.podCidr} via ${to.address}`])),
  );
}

function commands(node: string, lines: readonly string[]): IpCommand[] {
  return lines.map((line) => ({ node, args: line.split(' ') }));
}

/** Kernel settings of a node's network namespace, as files below /proc/sys and what is written to them. */
export const NETWORK_SETTINGS: Readonly<Record<string, string>> = {
  'net/ipv4/ip_forward': '1',
  'net/ipv4/conf/all/route_localnet': '1',
};

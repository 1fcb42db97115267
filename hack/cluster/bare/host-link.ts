import { networkInterfaces } from 'node:os';

import { run } from '../../run.ts';
import type { HostLink } from '../cluster-record.ts';
import type { NodeShell } from './node-shell.ts';

/** The cable's end in the first node. */
const INSIDE = 'host0';

const BITS = 30;

/**
 * The addresses of a cable between this machine and the nodes: the first pair that the machine has not given away.
 * `used` are the addresses of the machine.
 */
export function chooseHostLink(machineWideName: string, used: readonly string[]): HostLink {
  const pairs = Array.from({ length: 64 }, (_, index) => index * 4);
  const free = pairs.find((first) => ![1, 2].some((host) => used.includes(`10.99.255.${first + host}`)));
  if (free === undefined) throw new Error('All 64 pairs of addresses in 10.99.255.0/24 are used on this machine');
  return {
    // Names of interfaces have 15 characters at most.
    interface: `so-${machineWideName.slice(-6)}`,
    hostAddress: `10.99.255.${free + 1}`,
    nodeAddress: `10.99.255.${free + 2}`,
  };
}

/** The addresses that this machine has now. */
export function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((list = []) => list.map(({ address }) => address));
}

/** Arguments of `ip`: on the machine, then in the first node. */
export function hostLinkCommands(
  link: HostLink,
  initPid: number,
): { readonly machine: readonly string[][]; readonly node: readonly string[][] } {
  const words = (line: string): string[] => line.split(' ');
  return {
    machine: [
      `link add ${link.interface} type veth peer name ${INSIDE} netns ${initPid}`,
      `address add ${link.hostAddress}/${BITS} dev ${link.interface}`,
      `link set ${link.interface} up`,
    ].map(words),
    node: [`address add ${link.nodeAddress}/${BITS} dev ${INSIDE}`, `link set ${INSIDE} up`].map(words),
  };
}

/** What leaves through the cable comes from the node's end of it, so that the machine needs no way to the pods. */
const MASQUERADE = ['-t', 'nat', '-A', 'POSTROUTING', '-o', INSIDE, '-j', 'MASQUERADE'];

/**
 * Joins the nodes to this machine by a cable, and to nothing else: the nodes have no route through the machine, they reach
 * only its end of the cable. Programs of the machine reach the first node, pods reach what listens at the machine's end.
 */
export async function connectHost(first: NodeShell, link: HostLink): Promise<void> {
  const commands = hostLinkCommands(link, first.init.pid);
  for (const args of commands.machine) await run('ip', args);
  for (const args of commands.node) await first.ip(args);
  await first.run('iptables', ['-w', ...MASQUERADE]);
}

/** Takes the machine's end away, if the kernel has not done so with the node. */
export async function disconnectHost(link: HostLink): Promise<void> {
  await run('ip', ['link', 'delete', link.interface]).catch(() => undefined);
}

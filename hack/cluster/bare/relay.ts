import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { clusterFolder, machineWideName } from '../cluster-record.ts';
import { startDaemon, type Daemon } from '../daemon.ts';
import { eventually } from '../eventually.ts';
import { makePlace } from './places.ts';
import type { NodeShell } from './node-shell.ts';

/** Where the relays listen and lead to. */
export interface RelayPorts {
  readonly cluster: string;
  /** On the loopback device of the machine. */
  readonly publicPort: number;
  /** Inside the first node. */
  readonly apiPort: number;
}

/** The socket between the two relays: the file system is what the machine and the node have in common. */
export const relaySocket = (cluster: string): string => `/run/spark-operator/${machineWideName(cluster)}.sock`;

/**
 * Makes the API server reachable on a loopback port of the machine, although the node's network has no way out: one relay
 * listens outside and leads to a socket file, one inside leads from there to the API server.
 */
export async function startRelay(node: NodeShell, ports: RelayPorts, keep: (daemon: Daemon) => void): Promise<void> {
  const socket = relaySocket(ports.cluster);
  const logFile = join(clusterFolder(ports.cluster), 'logs', 'relay.log');
  makePlace('/run/spark-operator');
  // Only the network of the node is entered: its /run is another one.
  const inside = ['--target', String(node.init.pid), '--net', '--', 'socat'];
  const listen = `UNIX-LISTEN:${socket},fork,unlink-early,mode=600`;
  const args = [...inside, listen, `TCP:127.0.0.1:${ports.apiPort}`];
  keep(await startDaemon({ name: 'relay-inside', command: 'nsenter', args, logFile }));
  if (!(await eventually(() => existsSync(socket), { timeoutMs: 5000, everyMs: 10 }))) {
    throw new Error(`The relay into the node does not listen; see ${logFile}`);
  }
  const outside = [
    `TCP-LISTEN:${ports.publicPort},bind=127.0.0.1,fork,reuseaddr,backlog=128`,
    `UNIX-CONNECT:${socket}`,
  ];
  keep(await startDaemon({ name: 'relay-outside', command: 'socat', args: outside, logFile }));
}

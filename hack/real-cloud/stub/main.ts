import { setTimeout as delay } from 'node:timers/promises';

import { localNodes } from './local-nodes.ts';
import { routeServer } from './router.ts';
import { stubRoutes } from './routes.ts';
import { Stacks } from './stacks.ts';

// node main.ts ADDRESS PORT CLUSTER: the stub for networks and stacks of a real cloud. CLUSTER is the name of the local
// Kubernetes that plays the machines of every Magnum cluster.
const [address = '127.0.0.1', port = '0', cluster = ''] = process.argv.slice(2);
const log = (line: string): void => console.log(`${new Date().toISOString()} ${line}`);
const nodes = localNodes(cluster, log);
const stacks = new Stacks({ work: nodes, wait: delay, delayMs: 2000 });
const server = routeServer(stubRoutes(stacks, `http://${address}:${port}`));
server.listen(Number(port), address, () => log(`Listening on ${address}:${port}`));
// What the local cluster trusts because of stacks that are gone with this process, it has no reason to trust any longer.
process.on('SIGTERM', () => {
  void Promise.allSettled(stacks.all().map((stack) => nodes.delete(stack))).then(() => process.exit(0));
});

import { UserError } from '../../terminal/user-error.ts';
import type { Cluster, ClusterOrder } from '../container-infra/magnum.ts';
import { exitCode } from '../exit-code.ts';
import { failedWith } from '../openstack-error.ts';
import { orderOfCluster } from './decide-start.ts';
import type { KubeWorld } from './kube-world.ts';
import { ORDER_LABEL } from './order.ts';
import { rememberCluster } from './remember-cluster.ts';
import { winnerOf } from './winner-of.ts';

/** When an order was sent and no answer came: how often, and how far apart, it is looked for. */
const LOOKS = 5;
const LOOK_EVERY_MS = 3_000;

/**
 * Sends an order, once, and remembers the cluster before anything else. Where the answer is lost, the cluster is looked for by
 * its label; where two machines sent the same order at the same time, the younger cluster is deleted again.
 * @throws OpenStackError when Magnum refuses it, or nothing came of it
 */
export async function placeOrder(world: KubeWorld, order: ClusterOrder): Promise<Cluster> {
  const uuid = await send(world, order);
  const cluster = await world.magnum.cluster(uuid);
  await rememberCluster(world, cluster, 'ordered');
  return settleRace(world, order, cluster);
}

async function send(world: KubeWorld, order: ClusterOrder): Promise<string> {
  try {
    return (await world.magnum.createCluster(order)).uuid;
  } catch (error) {
    // It may have been taken all the same: a second one must never be ordered blindly.
    if (!failedWith(error, 'Unreachable', 'TimedOut', 'ServerError', 'Unintelligible')) throw error;
    world.cli.progress.say('Magnum did not answer the order; looking whether it was taken');
    const found = await lookFor(world, order);
    if (found === undefined) throw error;
    return found.uuid;
  }
}

async function lookFor({ cli, magnum }: KubeWorld, order: ClusterOrder): Promise<Cluster | undefined> {
  for (let look = 0; look < LOOKS; look += 1) {
    if (look > 0) await cli.sleep(LOOK_EVERY_MS);
    const found = (await twins({ magnum }, order)).at(0);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The clusters of an order. Lists may leave labels out, so each of the name is asked for. */
async function twins(
  { magnum }: Pick<KubeWorld, 'magnum'>,
  { name, labels }: ClusterOrder,
): Promise<readonly Cluster[]> {
  const hash = labels?.[ORDER_LABEL];
  if (hash === undefined) return [];
  const named = (await magnum.clusters()).filter((cluster) => cluster.name === name);
  const full = await Promise.all(named.map(({ uuid }) => magnum.cluster(uuid)));
  return full.filter((cluster) => !cluster.status.startsWith('DELETE_') && orderOfCluster(cluster) === hash);
}

async function settleRace(world: KubeWorld, order: ClusterOrder, cluster: Cluster): Promise<Cluster> {
  const winner = winnerOf(await twins(world, order), cluster);
  if (winner.uuid === cluster.uuid) return cluster;
  world.cli.progress.say(`the same order was placed elsewhere at the same time: going on with ${winner.uuid}`);
  await rememberCluster(world, winner, 'ordered', cluster.uuid);
  await giveUp(world, cluster);
  return winner;
}

async function giveUp({ magnum }: KubeWorld, { uuid, name }: Cluster): Promise<void> {
  try {
    await magnum.deleteCluster(uuid);
  } catch (error) {
    if (failedWith(error, 'NotFound')) return;
    throw new UserError(`the superfluous cluster "${name}" could not be deleted: opsparkctl delete kube ${uuid}`, {
      exitCode: exitCode.conflict,
      cause: error,
    });
  }
}

import { duration } from '../../terminal/duration.ts';
import type { Step } from '../../terminal/progress.ts';
import { UserError } from '../../terminal/user-error.ts';
import type { Cluster } from '../container-infra/magnum.ts';
import { exitCode } from '../exit-code.ts';
import { failedWith } from '../openstack-error.ts';
import { diagnosis } from './diagnosis.ts';
import { groupsOf } from './await-ready.ts';
import type { KubeWorld } from './kube-world.ts';
import { pollCluster } from './poll-cluster.ts';

/** What people report of clouds of today. */
const USUALLY = '2 to 6 min';

export interface Goodbye {
  readonly cluster: Pick<Cluster, 'uuid' | 'name'>;
  readonly timeoutMs: number;
  /** False: somebody has asked for the deletion already. */
  readonly order: boolean;
}

/**
 * Has a cluster deleted and waits until Magnum knows it no more. A deletion that failed is asked for once more: networks and
 * ports often come free a little later.
 * @throws UserError: 8 with Magnum's reasons when it failed twice, 7 when the time is up
 */
export function awaitGone(world: KubeWorld, goodbye: Goodbye): Promise<void> {
  const { name } = goodbye.cluster;
  return world.cli.progress.step(
    `cluster "${name}": deleted by Magnum`,
    async (step) => {
      if (goodbye.order) await orderEnd(world, goodbye.cluster.uuid);
      const failed = await untilGone(world, goodbye, step);
      if (failed === undefined) return;
      step.update('the deletion failed; asking once more');
      await orderEnd(world, goodbye.cluster.uuid);
      const again = await untilGone(world, goodbye, step, failed);
      if (again !== undefined) throw stuck(again, await groupsOf(world, again.uuid));
    },
    USUALLY,
  );
}

async function orderEnd({ magnum }: KubeWorld, uuid: string): Promise<void> {
  try {
    await magnum.deleteCluster(uuid);
  } catch (error) {
    if (!failedWith(error, 'NotFound')) throw error;
  }
}

type Gone = 'gone' | { readonly failed: Cluster };

/** Undefined when it is gone, the cluster when its deletion failed (again, after `before`). */
async function untilGone(
  world: KubeWorld,
  { cluster: { uuid, name }, timeoutMs }: Goodbye,
  step: Step,
  before?: Cluster,
): Promise<Cluster | undefined> {
  const end = await pollCluster<Gone>(world, {
    uuid,
    timeoutMs,
    settled: (cluster) => {
      if (cluster === undefined || cluster.status === 'DELETE_COMPLETE') return 'gone';
      return cluster.status === 'DELETE_FAILED' && !isSame(cluster, before) ? { failed: cluster } : undefined;
    },
    note: (text) => step.update(text),
    describe: ({ status }) => status.toLowerCase().replaceAll('_', ' '),
  });
  if ('settled' in end) return end.settled === 'gone' ? undefined : end.settled.failed;
  throw new UserError(
    `cluster "${name}" (${uuid}) is not gone after ${duration(timeoutMs)} (${end.timedOut?.status ?? 'Magnum does not answer'}); Magnum goes on, and the same command waits again. ${HINTS}`,
    { exitCode: exitCode.timedOut },
  );
}

/** Right after the second order Magnum still shows the failure of the first. */
const isSame = (cluster: Cluster, before: Cluster | undefined): boolean =>
  before !== undefined && cluster.updated_at === before.updated_at && cluster.status_reason === before.status_reason;

const HINTS =
  'What mostly stands in the way: load balancers, floating IPs, ports and volumes of Services and PersistentVolumeClaims of the cluster ("openstack loadbalancer list", "openstack port list", "openstack volume list")';

const stuck = (cluster: Cluster, groups: Parameters<typeof diagnosis>[1]): UserError =>
  new UserError(
    [
      `cluster "${cluster.name}" (${cluster.uuid}) could not be deleted:`,
      ...diagnosis(cluster, groups).map((line) => `  ${line}`),
      `${HINTS}. Remove them, then repeat this command`,
    ].join('\n'),
    { exitCode: exitCode.clusterFailed },
  );

import { duration } from '../../terminal/duration.ts';
import { UserError } from '../../terminal/user-error.ts';
import type { Cluster, NodeGroup } from '../container-infra/magnum.ts';
import { exitCode } from '../exit-code.ts';
import { failedWith } from '../openstack-error.ts';
import { diagnosis } from './diagnosis.ts';
import type { KubeWorld } from './kube-world.ts';
import { outlookOf } from './outlook.ts';
import { pollCluster } from './poll-cluster.ts';

/** What people report of clouds of today, by Heat and by Cluster API. */
const USUALLY = '6 to 12 min';

type End = { readonly kind: 'ready'; readonly cluster: Cluster; readonly warning: string | undefined } | Bad;
type Bad = { readonly kind: 'failed'; readonly cluster: Cluster } | { readonly kind: 'gone' };

/**
 * Waits until a cluster is there, and shows how it goes.
 * @throws UserError: 8 with Magnum's reasons when it failed, 7 when the time is up, 6 when somebody deletes it
 */
export async function awaitReady(world: KubeWorld, { uuid, name }: Cluster, timeoutMs: number): Promise<Cluster> {
  const { progress, terminal } = world.cli;
  const polled = await progress.step(
    `cluster "${name}": built by Magnum`,
    async (step) => {
      const end = await pollCluster<End>(world, {
        uuid,
        timeoutMs,
        settled: endOf,
        note: (text) => step.update(text),
        describe: describe,
      });
      if ('timedOut' in end) throw await timedOut(world, { uuid, name, timeoutMs }, end.timedOut);
      if (end.settled.kind !== 'ready') throw await badEnd(world, name, end.settled);
      return end.settled;
    },
    USUALLY,
  );
  if (polled.warning !== undefined) terminal.printError(`Warning: ${polled.warning}`);
  return polled.cluster;
}

function endOf(cluster: Cluster | undefined): End | undefined {
  if (cluster === undefined) return { kind: 'gone' };
  const outlook = outlookOf(cluster);
  if (outlook.kind === 'leaving') return { kind: 'gone' };
  if (outlook.kind === 'failed') return { kind: 'failed', cluster };
  return outlook.kind === 'ready' ? { kind: 'ready', cluster, warning: outlook.warning } : undefined;
}

const describe = (cluster: Cluster): string => {
  const outlook = outlookOf(cluster);
  return outlook.kind === 'working' ? outlook.note : cluster.status;
};

async function badEnd(world: KubeWorld, name: string, end: Bad): Promise<UserError> {
  if (end.kind === 'gone')
    return new UserError(`cluster "${name}" was deleted by somebody while it was waited for`, {
      exitCode: exitCode.conflict,
    });
  return failureOf(end.cluster, await groupsOf(world, end.cluster.uuid));
}

/** What is told of a failed cluster, with what can be done. */
export function failureOf(cluster: Cluster, groups: readonly NodeGroup[]): UserError {
  const { name, uuid } = cluster;
  return new UserError(
    [
      `cluster "${name}" (${uuid}) failed:`,
      ...diagnosis(cluster, groups).map((line) => `  ${line}`),
      `Next: "opsparkctl delete kube ${name}" removes it, "opsparkctl create kube ${name} --recreate" removes it and tries again`,
    ].join('\n'),
    { exitCode: exitCode.clusterFailed },
  );
}

/** A failed cluster is told of with what can be read of it. */
export async function groupsOf({ magnum }: Pick<KubeWorld, 'magnum'>, uuid: string): Promise<readonly NodeGroup[]> {
  try {
    return await magnum.nodeGroups(uuid);
  } catch (error) {
    if (failedWith(error, 'Unauthenticated')) throw error;
    return [];
  }
}

interface Waited {
  readonly uuid: string;
  readonly name: string;
  readonly timeoutMs: number;
}

async function timedOut(world: KubeWorld, waited: Waited, cluster: Cluster | undefined): Promise<UserError> {
  const groups = await groupsOf(world, waited.uuid);
  return new UserError(slowness(waited, cluster, groups).join('\n'), { exitCode: exitCode.timedOut });
}

/** What a cluster that takes too long says about itself, and where to look: some drivers never report a failure. */
export function slowness(
  { name, uuid, timeoutMs }: Waited,
  cluster: Cluster | undefined,
  groups: readonly NodeGroup[],
): readonly string[] {
  const health = Object.entries(cluster?.health_status_reason ?? {});
  const reason = cluster?.status_reason ?? '';
  return [
    `cluster "${name}" (${uuid}) is not ready after ${duration(timeoutMs)}; Magnum goes on with it, and the same command waits again (longer with --timeout)`,
    `  status: ${cluster?.status ?? 'unknown: Magnum does not answer'}${reason === '' ? '' : `, ${reason}`}`,
    ...groups.map((group) => `  node group ${group.name}: ${group.status}, ${group.node_count} nodes`),
    `  health: ${cluster?.health_status ?? 'not told'}`,
    ...health.map(([what, verdict]) => `    ${what}: ${verdict}`),
    'Look at: the quota left ("opsparkctl doctor"), the servers of the project ("openstack server list"), and, with Heat, "openstack stack failures list". ' +
      `"opsparkctl delete kube ${name}" gives up`,
  ];
}

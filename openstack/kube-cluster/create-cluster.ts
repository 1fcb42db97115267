import { join } from 'node:path';

import { UserError } from '../../terminal/user-error.ts';
import type { Cluster, ClusterOrder } from '../container-infra/magnum.ts';
import { exitCode } from '../exit-code.ts';
import { withLock } from '../state/lock.ts';
import { stateFolder } from '../state/state.ts';
import { awaitGone } from './await-gone.ts';
import type { KubeWorld } from './kube-world.ts';
import { look, type LookRequest } from './look.ts';
import { placeOrder } from './place-order.ts';
import { type PreparedOrder, prepareOrder } from './prepare-order.ts';
import type { PublicKey } from './public-key.ts';
import { rememberCluster } from './remember-cluster.ts';

export interface CreateRequest extends LookRequest {
  readonly publicKey: PublicKey | undefined;
  /** Answers are not asked for. */
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly timeoutMs: number;
}

/** What came of it: a cluster that is on its way or there, or, of a dry run, what would be sent. */
export type Created =
  | { readonly kind: 'ordered' | 'resumed'; readonly cluster: Cluster }
  | { readonly kind: 'would-order'; readonly order: ClusterOrder }
  | { readonly kind: 'would-replace'; readonly cluster: Cluster };

/**
 * Finds the cluster that an earlier run has ordered, or orders it. Whatever happens in between, a repetition finds it again:
 * there is never a second one.
 * @throws UserError with exit code 6 when the name is somebody else's, and for every refusal of the checks before an order
 */
export async function createCluster(world: KubeWorld, request: CreateRequest): Promise<Created> {
  let { wishes } = request;
  for (;;) {
    const { start, clusters } = await look(world, { ...request, wishes });
    if (start.kind === 'refuse') throw new UserError(start.message, { exitCode: exitCode.conflict });
    if (start.kind === 'resume') return resume(world, request, start);
    if (start.kind === 'order') {
      const prepared = await prepareOrder(world, { ...request, wishes }, clusters);
      if (request.dryRun) return { kind: 'would-order', order: prepared.order };
      const cluster = await orderOnce(world, request, prepared);
      if (cluster !== undefined) return { kind: 'ordered', cluster };
      wishes = prepared.wishes;
    } else {
      if (request.dryRun) return { kind: 'would-replace', cluster: start.cluster };
      await end(world, request, start);
    }
  }
}

async function resume(
  world: KubeWorld,
  { dryRun }: CreateRequest,
  { cluster, adopted }: { readonly cluster: Cluster; readonly adopted: boolean },
): Promise<Created> {
  const { progress } = world.cli;
  progress.say(`cluster "${cluster.name}" is there (${cluster.uuid}, ${cluster.status})${adopted ? ': adopted' : ''}`);
  if (!dryRun) await rememberCluster(world, cluster, adopted ? 'adopted' : 'ordered');
  return { kind: 'resumed', cluster };
}

async function end(
  world: KubeWorld,
  { yes, timeoutMs }: CreateRequest,
  { kind, cluster }: { readonly kind: 'replace' | 'await-end'; readonly cluster: Cluster },
): Promise<void> {
  const { ask } = world.cli;
  if (kind === 'replace' && !yes) {
    const question = `Delete the failed cluster "${cluster.name}" (${cluster.uuid}) and order it again?`;
    if (ask === undefined)
      throw new UserError(
        `--recreate deletes the failed cluster "${cluster.name}" (${cluster.uuid}): confirm with --yes`,
        {
          exitCode: exitCode.usage,
        },
      );
    if (!(await ask.confirm(question, false))) throw new UserError('nothing was changed');
  }
  await awaitGone(world, { cluster, timeoutMs, order: kind === 'replace' });
}

/** Long enough for an order that Magnum answers late. */
const LOCK_WAIT_MS = 120_000;

/**
 * Looks once more and orders, while no other run of this person does so with the same name. Undefined: there is a cluster of
 * that name by now.
 */
function orderOnce(
  world: KubeWorld,
  request: CreateRequest,
  { wishes, order }: PreparedOrder,
): Promise<Cluster | undefined> {
  const { cli, projectId } = world;
  const file = join(stateFolder(cli), `${projectId.replaceAll(/[^\w.-]/g, '_')}-${wishes.name}.order`);
  const lock = { file, purpose: `order cluster "${wishes.name}"`, waitMs: LOCK_WAIT_MS };
  return withLock(cli, lock, async () => {
    const { start } = await look(world, { ...request, wishes });
    if (start.kind !== 'order') return undefined;
    return cli.progress.step(`cluster "${wishes.name}": ordered from Magnum`, () => placeOrder(world, order));
  });
}

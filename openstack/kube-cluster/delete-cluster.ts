import { removeS3Keys } from '../s3/remove-s3.ts';
import { confirmDeletion } from '../spark-install/confirm.ts';
import { readState } from '../state/state.ts';
import { awaitGone } from './await-gone.ts';
import { deleteBucket } from './delete-buckets.ts';
import { type DeletionPlan, deletionPlan } from './deletion-plan.ts';
import { type Doomed, findDoomed } from './find-doomed.ts';
import { forgetCluster, kubeconfigEntryOf } from './forget-cluster.ts';
import { type Inspection, inspectDoomed } from './inspect-doomed.ts';
import { type KubeWorld, ownerOf } from './kube-world.ts';
import { removeCloudResources } from './remove-cloud-resources.ts';

export interface DeleteRequest {
  /** Name or UUID; left out: the only one, or the one chosen on the terminal. */
  readonly ident: string | undefined;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly wait: boolean;
  readonly deleteBucket: boolean;
  readonly timeoutMs: number;
  /** Left out: the kubeconfig that kubectl would write. */
  readonly kubeconfig: string | undefined;
}

/** What came of it. */
export interface Deleted extends DeletionPlan {
  readonly name: string;
  readonly uuid: string;
  readonly result: 'deleted' | 'deleting' | 'gone already' | 'would be deleted';
}

/**
 * Deletes a cluster and everything that was made for it in the cloud, except its bucket unless told. Every step can be repeated:
 * a run that was killed is finished by the next one.
 * @throws UserError of the parts
 */
export async function deleteCluster(world: KubeWorld, request: DeleteRequest): Promise<Deleted> {
  const doomed = await findDoomed(world, request.ident);
  return doomed.kind === 'gone' ? tidyUp(world, request, doomed) : deleteThere(world, request, doomed);
}

async function tidyUp(
  world: KubeWorld,
  { dryRun, kubeconfig }: DeleteRequest,
  { remembered }: Extract<Doomed, { kind: 'gone' }>,
): Promise<Deleted> {
  const { name, uuid, accessKey, bucket } = remembered;
  const stays = bucket === undefined ? [] : [`bucket ${bucket}`];
  const plan = { goes: accessKey === undefined ? [] : [`S3 key ${accessKey}`], stays };
  if (dryRun) return { name, uuid, result: 'would be deleted', ...plan };
  await giveKeysBack(world, undefined, accessKey);
  await forgetCluster(world, remembered, kubeconfig);
  return { name, uuid, result: 'gone already', ...plan };
}

async function deleteThere(
  world: KubeWorld,
  request: DeleteRequest,
  { cluster, remembered }: Extract<Doomed, { kind: 'there' }>,
): Promise<Deleted> {
  const { cli } = world;
  const { name, uuid } = cluster;
  const found = await cli.progress.step(`cluster "${name}": what is on it`, () =>
    inspectDoomed(world, cluster, remembered),
  );
  try {
    const plan = deletionPlan({
      cluster,
      inside: found.inside,
      accessKeys: found.accessKeys,
      buckets: found.buckets.map(({ bucket }) => bucket),
      deleteBuckets: request.deleteBucket,
      kubeconfigEntry: await kubeconfigEntryOf(world, cluster, request.kubeconfig),
    });
    if (found.trouble !== undefined) cli.terminal.printError(unseen(found.trouble));
    if (request.dryRun) return { name, uuid, result: 'would be deleted', ...plan };
    await confirmDeletion(cli, request.yes, { question: `Delete cluster "${name}" (${uuid})?`, ...plan });
    await emptyOut(world, request, found);
    if (!request.wait) {
      await world.magnum.deleteCluster(uuid);
      return { name, uuid, result: 'deleting', ...plan };
    }
    await awaitGone(world, { cluster, timeoutMs: request.timeoutMs, order: cluster.status !== 'DELETE_IN_PROGRESS' });
    await forgetCluster(world, cluster, request.kubeconfig);
    return { name, uuid, result: 'deleted', ...plan };
  } finally {
    await found.admin?.close();
  }
}

const unseen = (trouble: string): string =>
  `Warning: its Kubernetes cannot be asked (${trouble}): load balancers and volumes of its Services and claims may stay behind in the cloud`;

/** What would outlive the cluster: first what holds networks and volumes, then buckets, and their keys at last. */
async function emptyOut(world: KubeWorld, request: DeleteRequest, found: Inspection): Promise<void> {
  await freeCloudResources(world, found);
  if (request.deleteBucket)
    for (const bucket of found.buckets) world.cli.progress.say(await deleteBucket(world, bucket));
  const namespaces = found.inside?.installations ?? [];
  for (const { namespace, state } of namespaces)
    await giveKeysBack(world, { found, namespace }, state.keys === 'ours' ? state.accessKey : undefined);
  if (namespaces.length > 0) return;
  for (const accessKey of found.accessKeys) await giveKeysBack(world, undefined, accessKey);
}

async function freeCloudResources({ cli }: KubeWorld, { admin, inside }: Inspection): Promise<void> {
  if (admin === undefined || inside === undefined) return;
  if (inside.loadBalancers.length + inside.claims.length === 0) return;
  const left = await cli.progress.step('load balancers and volumes of the cluster', (step) =>
    removeCloudResources(cli, admin.client, inside, (text) => step.update(text)),
  );
  for (const line of left) cli.terminal.printError(`Warning: the ${line} is still there; going on`);
}

/** Keys of other clusters are never ours. */
async function giveKeysBack(
  world: KubeWorld,
  place: { readonly found: Inspection; readonly namespace: string } | undefined,
  accessKey: string | undefined,
): Promise<void> {
  const others = (await readState(world.cli, ownerOf(world))).flatMap((cluster) => cluster.accessKey ?? []);
  const removal = await removeS3Keys(
    { session: world.session, client: place?.found.admin?.client },
    {
      operatorNamespace: place?.namespace ?? '',
      accessKey,
      foreignAccessKeys: others.filter((key) => key !== accessKey),
    },
  );
  for (const warning of removal.warnings) world.cli.terminal.printError(`Warning: ${warning}`);
  if (removal.key === 'deleted') world.cli.progress.say(`S3 key ${removal.accessKeys.join(', ')} deleted`);
}

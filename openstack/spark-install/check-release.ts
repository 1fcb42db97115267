import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import type { SparkOrder, SparkWorld } from './order.ts';
import { s3InCluster } from './s3-in-cluster.ts';

/**
 * There is a release to change.
 * @throws UserError with exit code 5 when there is none
 */
export async function checkRelease({ helm }: SparkWorld, { namespace, release }: SparkOrder): Promise<void> {
  if ((await helm.release()) !== undefined) return;
  throw new UserError(
    `there is no release "${release}" in namespace "${namespace}": run "opsparkctl create spark" first, or name another one with --release and --namespace`,
    { exitCode: exitCode.notFound },
  );
}

/**
 * A history server has something to read.
 * @throws UserError with exit code 5 when there is no release, or no place with event logs
 */
export async function checkHistory(world: SparkWorld, order: SparkOrder): Promise<void> {
  await checkRelease(world, order);
  const { history, namespace } = order;
  if (history.kind !== 'on' || history.settings.logDirectory !== undefined) return;
  if ((await s3InCluster(world.client, namespace)) !== undefined) return;
  throw new UserError(
    `nobody knows where the event logs are: namespace "${namespace}" has no S3 defaults. Run "opsparkctl create spark" or "opsparkctl s3 init", or name a place with --log-directory`,
    { exitCode: exitCode.notFound },
  );
}

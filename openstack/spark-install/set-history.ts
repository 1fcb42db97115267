import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import type { HistoryChoice, HistorySettings } from './history-values.ts';
import { s3InCluster } from './s3-in-cluster.ts';
import { settledRelease } from './settle-release.ts';
import type { SparkOrder, SparkWorld } from './order.ts';

/**
 * Looks whether a history server can be put on or taken off the release, before anything is changed.
 * @throws UserError with exit code 5 when there is no release, or no place with event logs
 */
export async function checkHistory(
  { cli, client, helm }: SparkWorld,
  { namespace, release }: Pick<SparkOrder, 'namespace' | 'release'>,
  choice: HistoryChoice,
): Promise<void> {
  const there = await cli.progress.step('Looking at the release', (step) => settledRelease(cli, helm, step));
  if (there === undefined)
    throw new UserError(
      `there is no release "${release}" in namespace "${namespace}": run opsparkctl create spark first, or name it with --release and --namespace`,
      { exitCode: exitCode.notFound },
    );
  if (choice.kind !== 'on' || hasLogs(choice.settings)) return;
  if ((await s3InCluster(client, namespace)) !== undefined) return;
  throw new UserError(
    `nobody knows where the event logs are: namespace "${namespace}" has no SparkPodDefaults "openstack-s3". Run opsparkctl create spark or opsparkctl s3 init, or name a place with --log-directory`,
    { exitCode: exitCode.notFound },
  );
}

const hasLogs = ({ logDirectory }: HistorySettings): boolean => logDirectory !== undefined;

import type { Command } from 'commander';

import type { Secret } from '../../api/kubernetes.ts';
import { resources } from '../../kube/resources.ts';
import { table } from '../../terminal/table.ts';
import type { Cli } from '../cli.ts';
import { globalFlagsOf } from '../global-options.ts';
import { printResult } from '../output.ts';
import { S3_SECRET } from '../s3/objects.ts';
import { secretState } from '../s3/secret-state.ts';
import { withCloud } from '../with-cloud.ts';
import { found } from './apply-object.ts';
import { confirmDeletion } from './confirm.ts';
import { servedNamespaces } from './desired-values.ts';
import type { Release } from './helm.ts';
import { refuseWhileRunning, removeSpark, whatStays, type RemovalWorld } from './remove-spark.ts';
import { withSpark, type OpenSpark } from './with-spark.ts';

/** `delete spark`: asks, logs in where a key of ours has to be given back, removes, and says what stays. */
export function takeSpark(cli: Cli, command: Command): Promise<void> {
  return withSpark(cli, command, async (spark) => {
    const { flags, namespace, release, state, helm } = spark;
    const installed = await helm.release();
    if (flags.force !== true) await refuseWhatIsUsed(spark, installed);
    const withKey = flags.keepS3Key !== true && (await hasKeyOfOurs(spark));
    const goes = whatGoes(spark, { installed: installed !== undefined, withKey });
    const stays = whatStays(state?.bucket, flags.deleteCrds ?? false);
    if (flags.dryRun === true) {
      const rows = [...goes.map((line) => ['goes', line]), ...stays.map((line) => ['stays', line])];
      await printResult(cli.terminal, flags.output, { dryRun: true, goes, stays }, table(['WOULD', 'WHAT'], rows));
      return;
    }
    const question = `Delete the operator "${release}" in namespace "${namespace}"?`;
    await confirmDeletion(cli, globalFlagsOf(command).yes ?? false, { question, goes, stays });
    const go = (session: RemovalWorld['session']): Promise<void> => take(cli, { spark, session, stays });
    await (withKey ? withCloud(cli, command, ({ session }) => go(session)) : go(undefined));
  });
}

/** Another operator on the cluster goes on without this one, but nothing goes on without the definitions. */
async function refuseWhatIsUsed({ flags, kubernetes }: OpenSpark, installed: Release | undefined): Promise<void> {
  if (flags.deleteCrds === true) await refuseWhileRunning(kubernetes.client, undefined);
  else if (installed !== undefined) await refuseWhileRunning(kubernetes.client, servedNamespaces(installed.values));
}

interface Taking {
  readonly spark: OpenSpark;
  readonly session: RemovalWorld['session'];
  readonly stays: readonly string[];
}

async function take(cli: Cli, { spark, session, stays }: Taking): Promise<void> {
  const { flags, kubernetes, helm, namespace, release, state } = spark;
  const removal = { namespace, release, crds: flags.deleteCrds ?? false, accessKey: state?.accessKey };
  const steps = await removeSpark({ cli, client: kubernetes.client, helm, session }, removal);
  const rows = steps.map(({ step, result, detail }) => [step, result, detail]);
  const lines = [...table(['STEP', 'RESULT', 'DETAIL'], rows), '', ...stays.map((line) => `Stays: ${line}`)];
  await printResult(cli.terminal, flags.output, { namespace, release, steps, stays }, lines);
}

/** Keys that a person gave are theirs; a claim may have become a key that nobody has written down yet. */
async function hasKeyOfOurs({ kubernetes, namespace, state }: OpenSpark): Promise<boolean> {
  const secret = secretState(await found<Secret>(kubernetes.client, resources.secrets, { namespace, name: S3_SECRET }));
  if (secret.kind === 'filled') return secret.keys.ours;
  return secret.kind === 'claimed' || state?.keys === 'ours';
}

function whatGoes(
  { flags, namespace, release, state = {} }: OpenSpark,
  { installed, withKey }: { readonly installed: boolean; readonly withKey: boolean },
): readonly string[] {
  const { accessKey = 'that an interrupted run made' } = state;
  return [
    ...(installed
      ? [`the Helm release "${release}" in namespace "${namespace}": operator, webhook, history server`]
      : []),
    'the S3 defaults of Spark pods, and the Secret with the S3 keys',
    ...(withKey ? [`the S3 key ${accessKey} at Keystone`] : []),
    ...(flags.deleteCrds === true ? ['the custom resource definitions, and every application with them'] : []),
  ];
}

import type { Command } from 'commander';

import type { Secret } from '../../api/kubernetes.ts';
import { resources } from '../../kube/resources.ts';
import { table } from '../../terminal/table.ts';
import type { Cli } from '../cli.ts';
import { globalFlagsOf } from '../global-options.ts';
import { printResult } from '../output.ts';
import { S3_SECRET } from '../s3/objects.ts';
import { secretState, type SecretState } from '../s3/secret-state.ts';
import { withCloud } from '../with-cloud.ts';
import { found, remove } from './apply-object.ts';
import { confirmDeletion } from './confirm.ts';
import { servedNamespaces } from './desired-values.ts';
import type { Release } from './helm.ts';
import type { InClusterState } from './in-cluster-state.ts';
import { refuseWhileRunning, removeSpark, whatStays, type RemovalWorld } from './remove-spark.ts';
import type { StepReport } from './report.ts';
import { TURN_NAME, withTurn } from './turn.ts';
import { withSpark, type OpenSpark } from './with-spark.ts';

/** `delete spark`: asks, logs in where a key of ours has to be given back, removes, and says what stays. */
export function takeSpark(cli: Cli, command: Command): Promise<void> {
  return withSpark(cli, command, async (spark) => {
    const { flags, namespace, release, state, helm } = spark;
    const installed = await helm.release();
    if (flags.force !== true) await refuseWhatIsUsed(spark, installed);
    const secret = await keysOf(spark);
    const withKey = flags.keepS3Key !== true && isOurs(secret, state);
    const withStore = secret.kind !== 'absent' && secret.kind !== 'foreign';
    const goes = whatGoes(spark, { installed: installed !== undefined, withStore, withKey });
    if (goes.length === 0) cli.terminal.printError(`There is no operator "${release}" in namespace "${namespace}"`);
    const stays = whatStays(state?.bucket, flags.deleteCrds ?? false);
    if (flags.dryRun === true) {
      const rows = [...goes.map((line) => ['goes', line]), ...stays.map((line) => ['stays', line])];
      await printResult(cli.terminal, flags.output, { dryRun: true, goes, stays }, table(['WOULD', 'WHAT'], rows));
      return;
    }
    const question = `Delete the operator "${release}" in namespace "${namespace}"?`;
    const sure = goes.length === 0 || globalFlagsOf(command).yes === true;
    await confirmDeletion(cli, sure, { question, goes, stays });
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
  const { client } = kubernetes;
  const takeAway = (): Promise<readonly StepReport[]> => removeSpark({ cli, client, helm, session }, removal);
  // Where there is no namespace there is nobody to wait for.
  const there = (await found(client, resources.namespaces, { name: namespace })) !== undefined;
  const steps = await (there ? withTurn(cli, { client, namespace }, takeAway) : takeAway());
  await remove(client, resources.leases, { namespace, name: TURN_NAME });
  const rows = steps.map(({ step, result, detail }) => [step, result, detail]);
  const lines = [...table(['STEP', 'RESULT', 'DETAIL'], rows), '', ...stays.map((line) => `Stays: ${line}`)];
  await printResult(cli.terminal, flags.output, { namespace, release, steps, stays }, lines);
}

const keysOf = async ({ kubernetes, namespace }: OpenSpark): Promise<SecretState> =>
  secretState(await found<Secret>(kubernetes.client, resources.secrets, { namespace, name: S3_SECRET }));

/** Keys that a person gave are theirs; a claim may have become a key that nobody has written down yet. */
const isOurs = (secret: SecretState, state: InClusterState | undefined): boolean =>
  secret.kind === 'filled' ? secret.keys.ours : secret.kind === 'claimed' || state?.keys === 'ours';

interface Found {
  readonly installed: boolean;
  readonly withStore: boolean;
  readonly withKey: boolean;
}

function whatGoes(
  { flags, namespace, release, state = {} }: OpenSpark,
  { installed, withStore, withKey }: Found,
): readonly string[] {
  const { accessKey = 'that an interrupted run made' } = state;
  return [
    ...(installed
      ? [`the Helm release "${release}" in namespace "${namespace}": operator, webhook, history server`]
      : []),
    ...(withStore ? ['the S3 defaults of Spark pods, and the Secret with the S3 keys'] : []),
    ...(withKey ? [`the S3 key ${accessKey} at Keystone`] : []),
    ...(flags.deleteCrds === true ? ['the custom resource definitions, and every application with them'] : []),
  ];
}

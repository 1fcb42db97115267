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
import { refuseWhileRunning, removeSpark, whatStays, type RemovalWorld } from './remove-spark.ts';
import { withSpark, type OpenSpark } from './with-spark.ts';

/** `delete spark`: asks, logs in where a key of ours has to be given back, removes, and says what stays. */
export function takeSpark(cli: Cli, command: Command): Promise<void> {
  return withSpark(cli, command, async (spark) => {
    const { flags, kubernetes, namespace, release, state } = spark;
    const crds = flags.deleteCrds ?? false;
    if (flags.force !== true) await refuseWhileRunning(kubernetes.client, 'the operator');
    const goes = await whatGoes(spark);
    const stays = whatStays(state?.bucket, crds);
    if (flags.dryRun === true) {
      const rows = [...goes.map((line) => ['goes', line]), ...stays.map((line) => ['stays', line])];
      await printResult(cli.terminal, flags.output, { dryRun: true, goes, stays }, table(['WOULD', 'WHAT'], rows));
      return;
    }
    const question = `Delete the operator "${release}" in namespace "${namespace}"?`;
    await confirmDeletion(cli, globalFlagsOf(command).yes ?? false, { question, goes, stays });
    const removal = { namespace, release, crds, accessKey: state?.accessKey };
    const go = async (session: RemovalWorld['session']): Promise<void> => {
      const world = { cli, client: kubernetes.client, helm: spark.helm, session };
      const steps = await removeSpark(world, removal);
      const rows = steps.map(({ step, result, detail }) => [step, result, detail]);
      const lines = [...table(['STEP', 'RESULT', 'DETAIL'], rows), '', ...stays.map((line) => `Stays: ${line}`)];
      await printResult(cli.terminal, flags.output, { namespace, release, steps, stays }, lines);
    };
    const needsCloud = flags.keepS3Key !== true && (await hasKeyOfOurs(spark));
    await (needsCloud ? withCloud(cli, command, ({ session }) => go(session)) : go(undefined));
  });
}

/** Keys that a person gave are theirs; a claim may have become a key that nobody has written down yet. */
async function hasKeyOfOurs({ kubernetes, namespace, state }: OpenSpark): Promise<boolean> {
  const secret = secretState(await found<Secret>(kubernetes.client, resources.secrets, { namespace, name: S3_SECRET }));
  if (secret.kind === 'filled') return secret.keys.ours;
  return secret.kind === 'claimed' || state?.keys === 'ours';
}

async function whatGoes(spark: OpenSpark): Promise<readonly string[]> {
  const { flags, namespace, release, helm } = spark;
  const there = (await helm.release()) !== undefined;
  const withKey = (await hasKeyOfOurs(spark)) && flags.keepS3Key !== true;
  return [
    ...(there ? [`the Helm release "${release}" in namespace "${namespace}": operator, webhook, history server`] : []),
    'the S3 defaults of Spark pods, and the Secret with the S3 keys',
    ...(withKey ? [`the S3 key ${spark.state?.accessKey ?? ''} at Keystone`.replace('key  at', 'key at')] : []),
    ...(flags.deleteCrds === true ? ['the custom resource definitions, and every application with them'] : []),
  ];
}

import { Command } from 'commander';

import { table } from '../../terminal/table.ts';
import { dryRunOption, noWaitOption, timeoutOption } from '../arguments.ts';
import type { Cli } from '../cli.ts';
import { globalFlagsOf } from '../global-options.ts';
import { type Deleted, deleteCluster } from '../kube-cluster/delete-cluster.ts';
import { kubeWorld } from '../kube-cluster/kube-world.ts';
import { type OutputFormat, outputOption, printResult } from '../output.ts';
import { withCloud } from '../with-cloud.ts';

interface DeleteKubeFlags {
  readonly deleteBucket?: boolean;
  readonly timeout?: number;
  readonly wait: boolean;
  readonly dryRun?: boolean;
  readonly output: OutputFormat;
}

const TIMEOUT_MS = 30 * 60_000;

/** `opsparkctl delete kube NAME` */
export const deleteKubeCommand = (cli: Cli): Command =>
  new Command('kube')
    .description(
      'Delete a cluster with its load balancers, volumes and S3 keys, and its kubeconfig entry; its bucket stays unless told',
    )
    .argument('[cluster]', 'name or UUID (default: the only one; asked for on a terminal)')
    .option('--delete-bucket', 'also delete its bucket with all event logs')
    .addOption(timeoutOption('30m'))
    .addOption(noWaitOption())
    .addOption(dryRunOption())
    .addOption(outputOption())
    .action(async (ident: string | undefined, flags: DeleteKubeFlags, command: Command) => {
      const { yes = false, kubeconfig } = globalFlagsOf(command);
      await withCloud(cli, command, async (cloud) => {
        const deleted = await deleteCluster(kubeWorld(cli, cloud), {
          ident,
          yes,
          dryRun: flags.dryRun ?? false,
          wait: flags.wait,
          deleteBucket: flags.deleteBucket ?? false,
          timeoutMs: flags.timeout ?? TIMEOUT_MS,
          kubeconfig,
        });
        await printResult(cli.terminal, flags.output, deleted, linesOf(deleted));
      });
    });

function linesOf({ name, uuid, result, goes, stays }: Deleted): readonly string[] {
  const plan =
    result === 'would be deleted'
      ? table(['WOULD', 'WHAT'], [...goes.map((line) => ['goes', line]), ...stays.map((line) => ['stays', line])])
      : stays.map((line) => `Stays: ${line}`);
  return [`cluster "${name}" (${uuid}) ${result === 'gone already' ? 'is gone already' : result}`, ...plan];
}

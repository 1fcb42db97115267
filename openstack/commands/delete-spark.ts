import { Command } from 'commander';

import { dryRunOption } from '../arguments.ts';
import type { Cli } from '../cli.ts';
import { addTargetOptions } from '../spark-install/spark-options.ts';
import { takeSpark } from '../spark-install/take-spark.ts';

/** `opsparkctl delete spark` */
export const deleteSparkCommand = (cli: Cli): Command =>
  addTargetOptions(new Command('spark'))
    .description('Take the operator off a cluster, with its S3 key; the bucket and the applications stay')
    .option('--force', 'also while applications run: their pods go on without anyone to watch them')
    .option('--delete-crds', 'delete the custom resource definitions, too, and with them every application')
    .option('--keep-s3-key', 'do not log in to the cloud: the S3 key stays, and is named')
    .addOption(dryRunOption())
    .action((_flags: object, command: Command) => takeSpark(cli, command));

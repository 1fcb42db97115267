import { Command } from 'commander';

import type { Cli } from '../cli.ts';
import { putSpark } from '../spark-install/put-spark.ts';
import { addChartOptions, addStoreOptions, addTargetOptions } from '../spark-install/spark-options.ts';

/** `opsparkctl create spark` */
export const createSparkCommand = (cli: Cli): Command =>
  addStoreOptions(addChartOptions(addTargetOptions(new Command('spark'))))
    .description(
      'Put the operator on a cluster: bucket and keys for event logs, defaults for Spark pods, the Helm release',
    )
    .action((_flags: object, command: Command) =>
      putSpark(cli, command, { history: () => ({ kind: 'keep' }), repair: false, store: true }),
    );

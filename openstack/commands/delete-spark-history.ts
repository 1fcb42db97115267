import { Command } from 'commander';

import type { Cli } from '../cli.ts';
import { checkRelease } from '../spark-install/check-release.ts';
import { putSpark } from '../spark-install/put-spark.ts';
import { addChartOptions, addTargetOptions } from '../spark-install/spark-options.ts';

/** `opsparkctl delete spark-history` */
export const deleteSparkHistoryCommand = (cli: Cli): Command =>
  addChartOptions(addTargetOptions(new Command('spark-history')))
    .description('Take the history server away; the event logs stay where they are')
    .action((_flags: object, command: Command) =>
      putSpark(cli, command, { history: () => ({ kind: 'off' }), repair: false, store: false, check: checkRelease }),
    );

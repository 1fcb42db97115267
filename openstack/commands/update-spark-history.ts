import { Command } from 'commander';

import type { Cli } from '../cli.ts';
import { checkHistory } from '../spark-install/check-release.ts';
import { historySettings } from '../spark-install/order-of.ts';
import { putSpark } from '../spark-install/put-spark.ts';
import { addChartOptions, addHistoryOptions, addTargetOptions } from '../spark-install/spark-options.ts';

/** `opsparkctl update spark-history` */
export const updateSparkHistoryCommand = (cli: Cli): Command =>
  addHistoryOptions(addChartOptions(addTargetOptions(new Command('spark-history'))))
    .description(
      'Bring the history server to the wanted state: other ways to reach it, other logs, what was changed by hand',
    )
    .action((_flags: object, command: Command) =>
      putSpark(cli, command, {
        history: (spark) => ({ kind: 'on', settings: historySettings(spark.flags, spark) }),
        repair: true,
        store: false,
        check: checkHistory,
      }),
    );

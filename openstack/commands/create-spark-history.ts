import { Command } from 'commander';

import type { Cli } from '../cli.ts';
import { checkHistory } from '../spark-install/check-release.ts';
import { historySettings } from '../spark-install/order-of.ts';
import { putSpark } from '../spark-install/put-spark.ts';
import { addChartOptions, addHistoryOptions, addTargetOptions } from '../spark-install/spark-options.ts';

/** `opsparkctl create spark-history` */
export const createSparkHistoryCommand = (cli: Cli): Command =>
  addHistoryOptions(addChartOptions(addTargetOptions(new Command('spark-history'))))
    .description("Put Spark's history server beside the operator, and say how to open it")
    .action((_flags: object, command: Command) =>
      putSpark(cli, command, {
        history: (spark) => ({ kind: 'on', settings: historySettings(spark.flags, spark) }),
        repair: false,
        store: false,
        check: checkHistory,
      }),
    );

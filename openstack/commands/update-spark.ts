import { Command } from 'commander';

import type { Cli } from '../cli.ts';
import { checkRelease } from '../spark-install/check-release.ts';
import { putSpark } from '../spark-install/put-spark.ts';
import { addChartOptions, addStoreOptions, addTargetOptions } from '../spark-install/spark-options.ts';

/** `opsparkctl update spark` */
export const updateSparkCommand = (cli: Cli): Command =>
  addStoreOptions(addChartOptions(addTargetOptions(new Command('spark'))))
    .description(
      'Bring the operator to the chart of this version and the given values; what was changed by hand comes back, pods are replaced only where they change',
    )
    .action((_flags: object, command: Command) =>
      putSpark(cli, command, { history: () => ({ kind: 'keep' }), repair: true, store: true, check: checkRelease }),
    );

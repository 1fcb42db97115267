import { Command } from 'commander';

import type { Cli } from '../cli.ts';
import { updateSparkCommand } from './update-spark.ts';
import { updateSparkHistoryCommand } from './update-spark-history.ts';

/** What can follow `opsparkctl update`. */
const commands: readonly ((cli: Cli) => Command)[] = [updateSparkCommand, updateSparkHistoryCommand];

/** `opsparkctl update …` */
export function updateCommand(cli: Cli): Command {
  const command = new Command('update').description('Bring what was put on a cluster to the wanted state');
  for (const child of commands) command.addCommand(child(cli));
  return command;
}

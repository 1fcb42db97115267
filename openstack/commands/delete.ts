import { Command } from 'commander';

import type { Cli } from '../cli.ts';
import { deleteKubeCommand } from './delete-kube.ts';
import { deleteSparkCommand } from './delete-spark.ts';
import { deleteSparkHistoryCommand } from './delete-spark-history.ts';

/** What can follow `opsparkctl delete`. */
const commands: readonly ((cli: Cli) => Command)[] = [deleteKubeCommand, deleteSparkCommand, deleteSparkHistoryCommand];

/** `opsparkctl delete …` */
export function deleteCommand(cli: Cli): Command {
  const command = new Command('delete').description('Delete a cluster, or what was put on it');
  for (const child of commands) command.addCommand(child(cli));
  return command;
}

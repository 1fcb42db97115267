import { Command } from 'commander';

import type { Cli } from '../cli.ts';
import { createKubeCommand } from './create-kube.ts';
import { localKubeConfigCommand } from './kubeconfig.ts';
import { createSparkCommand } from './create-spark.ts';
import { createSparkHistoryCommand } from './create-spark-history.ts';

/** What can follow `opsparkctl create`. */
const commands: readonly ((cli: Cli) => Command)[] = [
  createKubeCommand,
  localKubeConfigCommand,
  createSparkCommand,
  createSparkHistoryCommand,
];

/** `opsparkctl create …` */
export function createCommand(cli: Cli): Command {
  const command = new Command('create').description('Make a Kubernetes cluster, and what belongs on it');
  for (const child of commands) command.addCommand(child(cli));
  return command;
}

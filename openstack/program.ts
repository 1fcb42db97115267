import { Command } from 'commander';

import { helpRows, prepareCommand } from '../terminal/prepare-command.ts';
import type { Cli } from './cli.ts';
import { createCommand } from './commands/create.ts';
import { deleteCommand } from './commands/delete.ts';
import { doctorCommand } from './commands/doctor.ts';
import { kubeconfigCommand } from './commands/kubeconfig.ts';
import { s3Command } from './commands/s3.ts';
import { statusCommand } from './commands/status.ts';
import { updateCommand } from './commands/update.ts';
import { versionCommand } from './commands/version.ts';
import { examples } from './examples.ts';
import { exitCodeMeaning } from './exit-code.ts';
import { addGlobalOptions } from './global-options.ts';

const commands = [
  createCommand,
  updateCommand,
  deleteCommand,
  doctorCommand,
  kubeconfigCommand,
  statusCommand,
  s3Command,
  versionCommand,
] as const;

/** All of opsparkctl as commander sees it. Errors are thrown as CommanderError, never by ending the process. */
export function buildProgram(cli: Cli): Command {
  const program = addGlobalOptions(new Command('opsparkctl'))
    .description('Spark on Kubernetes on demand on OpenStack: clusters, the operator with S3, a history server')
    .addHelpText('after', `\nExit codes:\n${helpRows(exitCodeMeaning.map(([code, text]) => [String(code), text]))}`);
  for (const command of commands) program.addCommand(command(cli));
  return prepareCommand(program, cli.terminal, examples);
}

import { Command } from 'commander';

import { helpRows, prepareCommand } from '../terminal/prepare-command.ts';
import type { Cli } from './cli.ts';
import { createCommand } from './commands/create.ts';
import { deleteCommand } from './commands/delete.ts';
import { eventCommand } from './commands/event.ts';
import { explainDefaultsCommand } from './commands/explain-defaults.ts';
import { forwardCommand } from './commands/forward.ts';
import { listCommand } from './commands/list.ts';
import { logCommand } from './commands/log.ts';
import { setupCommand } from './commands/setup.ts';
import { statusCommand } from './commands/status.ts';
import { versionCommand } from './commands/version.ts';
import { examples } from './examples.ts';
import { exitCodeMeaning } from './exit-code.ts';
import { addGlobalOptions } from './global-options.ts';

const commands = [
  createCommand,
  listCommand,
  statusCommand,
  logCommand,
  eventCommand,
  forwardCommand,
  deleteCommand,
  explainDefaultsCommand,
  setupCommand,
  versionCommand,
] as const;

/** All of sparkctl as commander sees it. Errors are thrown as CommanderError, never by ending the process. */
export function buildProgram(cli: Cli): Command {
  const program = addGlobalOptions(new Command('sparkctl'))
    .description('Run Spark applications on Kubernetes: create, watch, read logs, open the Spark UI, delete')
    .addHelpText('after', `\nExit codes:\n${helpRows(exitCodeMeaning.map(([code, text]) => [String(code), text]))}`);
  for (const command of commands) program.addCommand(command(cli));
  return prepareCommand(program, cli.terminal, examples);
}

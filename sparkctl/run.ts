import { CommanderError } from 'commander';

import { ApiError } from '../kube/errors.ts';
import type { Cli } from './cli.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { buildProgram } from './program.ts';
import { UserError } from '../terminal/user-error.ts';

/**
 * Runs one command line and returns its exit code. Whatever goes wrong is one message on standard error.
 * @param args without the names of node and of the program
 */
export async function run(args: readonly string[], cli: Cli): Promise<number> {
  try {
    await buildProgram(cli).parseAsync([...args], { from: 'user' });
    return exitCode.ok;
  } catch (error) {
    if (error instanceof CommanderError) return codeOfCommander(error);
    if (cli.interrupted.aborted) return exitCode.interrupted;
    cli.terminal.printError(`error: ${messageOf(error)}`);
    return codeOf(error);
  }
}

/** commander has printed its message, or the help that was asked for. */
const codeOfCommander = (error: CommanderError): ExitCode => (error.exitCode === 0 ? exitCode.ok : exitCode.usage);

/** A message of several lines names several problems: each is marked as an error. */
const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll('\n', '\nerror: ');

function codeOf(error: unknown): number {
  if (error instanceof UserError) return error.exitCode;
  return error instanceof ApiError && error.status === 0 ? exitCode.unreachable : exitCode.failed;
}

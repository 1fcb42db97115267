import { CommanderError } from 'commander';

import { UserError } from '../terminal/user-error.ts';
import type { Cli } from './cli.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { explainFailure } from './explain-failure.ts';
import { buildProgram } from './program.ts';

/** After Ctrl-C a command has so long to end by itself. Whatever it left open, the same command goes on with. */
const LAST_WORDS_MS = 2000;

/**
 * Runs one command line and returns its exit code. Whatever goes wrong is one message on standard error; a UserError without a
 * message ends with its exit code and says nothing more: the command has told everything.
 * @param args without the names of node and of the program
 */
export async function run(args: readonly string[], cli: Cli): Promise<number> {
  try {
    const command = buildProgram(cli).parseAsync([...args], { from: 'user' });
    await Promise.race([command, interruption(cli.interrupted)]);
    return exitCode.ok;
  } catch (error) {
    if (error instanceof CommanderError) return codeOfCommander(error);
    if (cli.interrupted.aborted) {
      cli.terminal.printError('interrupted: the same command goes on where this one was');
      return exitCode.interrupted;
    }
    const explained = explainFailure(error);
    const message = messageOf(explained);
    if (message !== '') cli.terminal.printError(`error: ${message}`);
    return explained instanceof UserError ? explained.exitCode : exitCode.failed;
  }
}

/** Rejects some time after Ctrl-C, never resolves. */
const interruption = (interrupted: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const leave = (): void =>
      void setTimeout(() => reject(new UserError('interrupted', { exitCode: exitCode.interrupted })), LAST_WORDS_MS);
    if (interrupted.aborted) leave();
    else interrupted.addEventListener('abort', leave, { once: true });
  });

/** commander has printed its message, or the help that was asked for. */
const codeOfCommander = (error: CommanderError): ExitCode => (error.exitCode === 0 ? exitCode.ok : exitCode.usage);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

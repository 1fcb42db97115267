import { UserError } from '../../terminal/user-error.ts';
import type { Cli } from '../cli.ts';
import { exitCode } from '../exit-code.ts';

/**
 * Asks before something is deleted, after telling what.
 * @throws UserError with exit code 2 where nobody can answer and --yes was not said; 1 when the answer is no
 */
export async function confirmDeletion(
  { ask, terminal }: Pick<Cli, 'ask' | 'terminal'>,
  yes: boolean,
  {
    question,
    goes,
    stays,
  }: { readonly question: string; readonly goes: readonly string[]; readonly stays: readonly string[] },
): Promise<void> {
  for (const line of goes) terminal.printError(`  goes:  ${line}`);
  for (const line of stays) terminal.printError(`  stays: ${line}`);
  if (yes) return;
  if (ask === undefined)
    throw new UserError('nothing was deleted: say --yes, as nobody can be asked here', { exitCode: exitCode.usage });
  if (!(await ask.confirm(question, false))) throw new UserError('nothing was deleted', { exitCode: exitCode.failed });
}

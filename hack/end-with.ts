import { CommandError } from './run.ts';

/**
 * Runs a program to its end: its number is the exit code. An error is shown as its message alone, for these are
 * messages for the person who typed the command; a stack is added when `DEBUG` is set. Exit code 1 then.
 */
export async function endWith(program: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await program();
  } catch (error) {
    const { DEBUG: debug } = process.env;
    const shown = error instanceof Error ? (debug === undefined ? error.message : error.stack) : String(error);
    console.error(`\n${shown ?? ''}`);
    if (error instanceof CommandError && debug === undefined) console.error('(DEBUG=1 shows where this came from)');
    process.exitCode = 1;
  }
}

import type { Command } from 'commander';

import type { Terminal } from './terminal.ts';

/** What comes after the help of a command, by its full name without the program's: `create kube`. */
export type Examples = Readonly<Record<string, readonly (readonly [string, string])[]>>;

/**
 * Makes a commander program one of ours: errors are thrown as CommanderError instead of ending the process, its output goes to
 * the terminal that is passed in, and each command shows its examples.
 * @param path the names of the commands above this one, without the program's
 */
export function prepareCommand(
  command: Command,
  terminal: Terminal,
  examples: Examples,
  path: readonly string[] = [],
): Command {
  for (const child of command.commands) prepareCommand(child, terminal, examples, [...path, child.name()]);
  const shown = examples[path.join(' ')];
  if (shown !== undefined) command.addHelpText('after', `\nExamples:\n${helpRows(shown)}`);
  return command
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => terminal.print(text.replace(/\n$/, '')),
      writeErr: (text) => terminal.printError(text.replace(/\n$/, '')),
    });
}

/** Two columns, as commander's help has them. */
export function helpRows(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(...pairs.map(([left]) => left.length));
  return pairs.map(([left, right]) => `  ${left.padEnd(width)}   ${right}`).join('\n');
}

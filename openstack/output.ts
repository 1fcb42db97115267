import { Option } from 'commander';

import { serialise } from '../terminal/serialise.ts';
import type { Terminal } from '../terminal/terminal.ts';

export type OutputFormat = 'table' | 'json' | 'yaml';

/** The `-o` flag of commands that have a result. */
export const outputOption = (): Option =>
  new Option('-o, --output <format>', 'print the result as').choices(['table', 'json', 'yaml']).default('table');

/** Prints a result: as JSON or YAML the value, else the lines that people read. */
export async function printResult(
  terminal: Terminal,
  format: OutputFormat,
  value: unknown,
  lines: readonly string[],
): Promise<void> {
  if (format === 'table') for (const line of lines) terminal.print(line);
  else terminal.print(await serialise(format, value));
}

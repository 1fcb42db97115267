import { join } from 'node:path';

/** Debian's Python: the packages' modules are there and nowhere else. */
const PYTHON = '/usr/bin/python3';

/** The command line of one of the small programs in `python/`: those that need the packages' own modules, or SQLite. */
export function pythonProgram(
  name: 'magnum_tables' | 'rings' | 'sql',
  args: readonly string[],
): readonly [string, readonly string[]] {
  return [PYTHON, [join(import.meta.dirname, 'python', `${name}.py`), ...args]];
}

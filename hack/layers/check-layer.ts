import { join } from 'node:path';

import type { Progress } from '../../terminal/progress.ts';
import { CommandError, run } from '../run.ts';
import { runJest } from './jest-layer.ts';
import type { JestCounts } from './jest-counts.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What must be clean before any test runs. */
const CHECKS = [
  { title: 'Types (tsc)', program: 'typescript/bin/tsc', args: ['--noEmit'] },
  { title: 'Lint (eslint)', program: 'eslint/bin/eslint.js', args: ['.'] },
  { title: 'Format (prettier)', program: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level=warn', '.'] },
] as const;

/** Runs every check, each counted as one; the output of those that fail is shown whole. */
export async function runChecks(progress: Progress): Promise<JestCounts> {
  let failed = 0;
  for (const { title, program, args } of CHECKS) {
    const check = (): Promise<unknown> =>
      run(process.execPath, [join(ROOT, 'node_modules', program), ...args], { cwd: ROOT });
    await progress.step(title, check).catch((error: unknown) => {
      failed += 1;
      process.stderr.write(error instanceof CommandError ? error.stdout + error.stderr : `${String(error)}\n`);
    });
  }
  return { passed: CHECKS.length - failed, failed };
}

/** The rules of the house about which room may import what. A unit test, so `npm test` runs it there. */
export function checkArchitecture(): Promise<JestCounts> {
  return runJest('unit', ['test/architecture.test.ts']);
}

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { countJest, type JestCounts, type JestReport } from './jest-counts.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Runs one project of jest.config.js, until the signal fires. Jest's own report goes to standard error as it comes. */
export async function runJest(
  project: string,
  jestArguments: readonly string[],
  signal?: AbortSignal,
): Promise<JestCounts> {
  if (signal?.aborted === true) return { passed: 0, failed: 1, reason: 'interrupted' };
  const folder = await mkdtemp(join(tmpdir(), 'spark-operator-jest-'));
  const report = join(folder, 'report.json');
  try {
    const code = await jest(
      ['--selectProjects', project, '--json', `--outputFile=${report}`, '--passWithNoTests', ...jestArguments],
      signal,
    );
    const text = await readFile(report, 'utf8').catch(() => undefined);
    if (text === undefined) return { passed: 0, failed: 1, reason: `jest ended with code ${code} and no report` };
    // Jest wrote this file.
    return countJest(JSON.parse(text) as JestReport);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function jest(args: readonly string[], signal: AbortSignal | undefined): Promise<number> {
  const nodeFlags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const command = [...nodeFlags, join(ROOT, 'node_modules/jest/bin/jest.js'), ...args];
  return new Promise((resolve, reject) => {
    // Standard output would be the JSON once more.
    const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    // Not the option of spawn: jest is to be waited for, however it ends.
    const stop = (): void => void child.kill('SIGTERM');
    signal?.addEventListener('abort', stop);
    child.on('error', reject);
    child.on('close', (code) => {
      signal?.removeEventListener('abort', stop);
      resolve(code ?? 1);
    });
  });
}

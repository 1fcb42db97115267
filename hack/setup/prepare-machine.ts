import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';

import { answeringEngine } from '../cluster/engine.ts';
import { missingPackages } from '../cluster/requirements.ts';
import type { Progress } from '../../terminal/progress.ts';
import { run } from '../run.ts';
import { decideInstall, obstacle } from './install-decision.ts';
import { packagesFor, type Purpose } from './package-lists.ts';
import { withServiceStartsDenied } from './service-starts.ts';

/**
 * Installs the packages that the machine lacks for some purposes. Nothing happens when all are there. On a terminal it
 * asks first. Throws a message with the command that helps where it cannot install, or was not allowed to.
 */
export async function prepareMachine(purposes: readonly Purpose[], progress: Progress): Promise<void> {
  const hasEngine = (await answeringEngine()) !== undefined;
  const uid = process.getuid?.();
  const hopeless = obstacle(purposes, { hasEngine, platform: process.platform, uid });
  if (hopeless !== undefined) throw new Error(hopeless);
  const missing = missingPackages(packagesFor(purposes, { hasEngine }));
  const decision = decideInstall(missing, {
    hasApt: existsSync('/usr/bin/apt-get'),
    isRoot: uid === 0,
    isInteractive: process.stdin.isTTY && process.env['CI'] !== 'true',
  });
  if (decision.kind === 'nothing') return;
  if (decision.kind === 'refuse') throw new Error(decision.message);
  progress.heading('This machine lacks some packages');
  progress.say(`${decision.names.join(' ')} (for: ${purposes.join(', ')})`);
  if (decision.askFirst && !(await confirmed('Install them with apt-get?'))) {
    throw new Error(`Not installed. Do it with:  apt-get install --no-install-recommends ${decision.names.join(' ')}`);
  }
  await install(decision.names, progress);
}

async function confirmed(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`  ${question} [Y/n] `);
    return /^(y|yes)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

async function install(names: readonly string[], progress: Progress): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const aptGet = (args: readonly string[]): Promise<unknown> => run('apt-get', ['--quiet', '--yes', ...args], { env });
  await progress.step('Updating the package lists', () => aptGet(['update']), '10 s');
  await progress.step(
    `Installing ${names.length} packages, without starting their services`,
    () => withServiceStartsDenied(() => aptGet(['install', '--no-install-recommends', ...names])),
    '30 s to 2 min, once',
  );
}

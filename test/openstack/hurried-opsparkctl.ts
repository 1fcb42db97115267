// opsparkctl as a process of its own whose waiting goes faster, for tests that kill it: HURRY tells how much.
import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import process from 'node:process';

import { mannerOf } from '../../openstack/global-options.ts';
import { realCli } from '../../openstack/real-cli.ts';
import { run } from '../../openstack/run.ts';
import { interruptions, sleepUntil } from '../../terminal/interruptions.ts';
import { terminalOf } from '../../terminal/terminal.ts';

const args = process.argv.slice(2);
const hurry = Number(process.env['HURRY'] ?? '100');
const interrupted = interruptions(process);
const { debug } = mannerOf(args);

process.exitCode = await run(
  args,
  realCli({
    terminal: terminalOf(process),
    progress: process.stderr,
    ask: undefined,
    env: process.env,
    home: homedir(),
    workingFolder: process.cwd(),
    random: randomBytes,
    now: () => new Date(),
    sleep: (milliseconds) => sleepUntil(milliseconds / hurry, interrupted),
    interrupted,
    debug,
  }),
);
if (interrupted.aborted) process.exit();

import { spawn } from 'node:child_process';
import { readFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { helmPath } from '../../hack/cluster/binaries.ts';
import { compile, packCli } from '../../hack/package/cli-package.ts';
import { OPSPARKCTL } from '../../hack/package/clis.ts';
import { ownVersion } from '../../hack/package/own-version.ts';
import { run } from '../../hack/run.ts';
import { CHART } from './release.ts';

/** One command line and how it ended. */
export interface Ran {
  readonly args: readonly string[];
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Argument lists and environments of the process and of those it started, as others on the machine could read them. */
  readonly shownByProc: string;
  readonly tookMs: number;
}

/** opsparkctl as people get it, installed from its package. */
export interface PackagedOpsparkctl {
  readonly run: (...args: readonly string[]) => Promise<Ran>;
  /** Everything that ran so far. */
  readonly ran: readonly Ran[];
}

export interface PackagedOptions {
  /** An empty folder for the package and its installation. */
  readonly folder: string;
  /** The person's home. */
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Makes the package, installs it with npm, and runs it as a process with nothing but PATH, HOME and `env`. */
export async function packagedOpsparkctl({ folder, home, env }: PackagedOptions): Promise<PackagedOpsparkctl> {
  const prefix = join(folder, 'prefix');
  const archive = await pack(folder);
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
  await run('npm', ['install', '--global', '--prefix', prefix, ...quiet, archive]);
  const path = [dirname(process.execPath), dirname(helmPath()), '/usr/local/bin', '/usr/bin', '/bin'].join(':');
  const ran: Ran[] = [];
  return {
    ran,
    run: async (...args) => {
      const one = await observed(join(prefix, 'bin/opsparkctl'), args, { PATH: path, HOME: home, ...env });
      ran.push(one);
      return one;
    },
  };
}

async function pack(folder: string): Promise<string> {
  const version = await ownVersion();
  const chart = join(folder, `spark-operator-${version}.tgz`);
  const work = join(folder, 'work');
  const compiled = join(work, 'all');
  await mkdir(compiled, { recursive: true });
  const versions = ['--version', version, '--app-version', version];
  await run(helmPath(), ['package', CHART, ...versions, '--destination', folder]);
  await compile(compiled);
  return join(folder, await packCli(OPSPARKCTL, { compiled, chart, work, to: folder }));
}

/** Looks at the process list while the command runs. */
async function observed(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  const started = Date.now();
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const kept = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (kept.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (kept.stderr += text));
  const shown = new Set<string>();
  const look = async (): Promise<void> => {
    for (const pid of await family(child.pid ?? 0)) shown.add(await proc(pid, 'cmdline'));
    // The first process has what the person gave it; what it hands on is ours.
    for (const pid of (await family(child.pid ?? 0)).slice(1)) shown.add(await proc(pid, 'environ'));
  };
  const timer = setInterval(() => void look(), 200);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (ended) => resolve(ended ?? -1));
    });
    return { args, code, ...kept, shownByProc: [...shown].join('\n'), tookMs: Date.now() - started };
  } finally {
    clearInterval(timer);
  }
}

/** A process and all that it started, itself first. */
async function family(pid: number): Promise<readonly number[]> {
  const children = (await proc(pid, `task/${pid}/children`)).split(' ').filter((text) => text !== '');
  const below = await Promise.all(children.map((child) => family(Number(child))));
  return [pid, ...below.flat()];
}

/** What /proc tells; nothing of a process that has ended. */
const proc = (pid: number, file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');

/** Writes the commands and what they printed, as a person at a terminal would see them. */
export async function writeTranscript(file: string, ran: readonly Ran[]): Promise<void> {
  const parts = ran.map(({ args, stdout, stderr, code }) => {
    const end = code === 0 ? '' : `(exit code ${code})\n`;
    return `$ opsparkctl ${args.join(' ')}\n${stderr}${stdout}${end}`;
  });
  await writeFile(file, parts.join('\n'));
}

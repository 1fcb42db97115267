import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { run } from '../run.ts';
import { cliManifest, dependenciesOf, type PackageJson } from './cli-manifest.ts';
import type { Cli } from './clis.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Compiles all programs of the repository into an empty folder. */
export async function compile(into: string): Promise<void> {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  // Types are checked by `npm run check`.
  await run(process.execPath, [tsc, '-p', join(ROOT, 'tsconfig.build.json'), '--noCheck', '--outDir', into]);
}

/** Where the parts of a package come from. */
export interface Parts {
  /** What `compile` made. */
  readonly compiled: string;
  /** The packaged chart, for a command line that carries it. */
  readonly chart: string;
  /** An empty folder. */
  readonly work: string;
  readonly to: string;
}

/**
 * Makes `NAME-VERSION.tgz` in a folder: the compiled CLI, with the dependencies that its sources import and no others, for
 * `npm install --global FILE`. Returns the name of the file.
 */
export async function packCli(cli: Cli, { compiled, chart, work, to }: Parts): Promise<string> {
  const stage = join(work, cli.name);
  await mkdir(join(stage, 'dist'), { recursive: true });
  for (const room of cli.rooms) await run('cp', ['--recursive', join(compiled, room), join(stage, 'dist', room)]);
  await chmod(join(stage, cli.main), 0o755);
  await copyFile(join(ROOT, cli.manual), join(stage, 'README.md'));
  await copyFile(join(ROOT, 'LICENSE'), join(stage, 'LICENSE'));
  if (cli.folders.includes('charts')) await unpackChart(chart, join(stage, 'charts'));
  // npm and we keep this file; it has the fields of PackageJson.
  const root = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as PackageJson;
  const manifest = cliManifest(cli, root, dependenciesOf(await sourcesBelow(stage)));
  await writeFile(join(stage, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const options = ['--ignore-scripts', '--loglevel=error', '--pack-destination', to];
  await run('npm', ['pack', stage, ...options], { cwd: work });
  return `${cli.name}-${root.version}.tgz`;
}

/** The chart of the release, with its versions in it. */
async function unpackChart(chart: string, into: string): Promise<void> {
  await mkdir(into);
  await run('tar', ['--extract', '--gzip', '--no-same-owner', '--file', chart, '--directory', into]);
}

async function sourcesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(folder, 'dist'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.js'));
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')));
}

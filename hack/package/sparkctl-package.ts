import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { run } from '../run.ts';
import { dependenciesOf, sparkctlManifest, type PackageJson } from './sparkctl-manifest.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The rooms that sparkctl is made of (docs/design.md, "The house"). */
const ROOMS = ['api', 'spark', 'kube', 'terminal', 'sparkctl'] as const;

/**
 * Makes `sparkctl-VERSION.tgz` in a folder: the compiled CLI, with the dependencies that its sources import and no others, for
 * `npm install --global FILE`. `work` is an empty folder that it may use. Returns the name of the file.
 */
export async function packSparkctl(work: string, to: string): Promise<string> {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const compiled = join(work, 'all');
  // Types are checked by `npm run check`.
  await run(process.execPath, [tsc, '-p', join(ROOT, 'tsconfig.build.json'), '--noCheck', '--outDir', compiled]);
  const stage = join(work, 'sparkctl');
  await mkdir(join(stage, 'dist'), { recursive: true });
  for (const room of ROOMS) await run('cp', ['--recursive', join(compiled, room), join(stage, 'dist', room)]);
  await rm(compiled, { recursive: true });
  await chmod(join(stage, 'dist/sparkctl/main.js'), 0o755);
  await copyFile(join(ROOT, 'docs/sparkctl.md'), join(stage, 'README.md'));
  await copyFile(join(ROOT, 'LICENSE'), join(stage, 'LICENSE'));
  // npm and we keep this file; it has the fields of PackageJson.
  const root = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as PackageJson;
  const manifest = sparkctlManifest(root, dependenciesOf(await sourcesBelow(stage)));
  await writeFile(join(stage, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const options = ['--ignore-scripts', '--loglevel=error', '--pack-destination', to];
  await run('npm', ['pack', stage, ...options], { cwd: work });
  return `sparkctl-${root.version}.tgz`;
}

async function sourcesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.js'));
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')));
}

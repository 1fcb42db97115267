import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { helmPath } from '../cluster/binaries.ts';
import { archivedImages } from '../cluster/bare/archived-images.ts';
import { run } from '../run.ts';
import { CHECKSUMS } from './checksums.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A folder of packages, all of one version. */
export interface Packages {
  readonly folder: string;
  readonly version: string;
  /** Names of files in the folder. */
  readonly chart: string;
  readonly sparkctl: string;
  /** Name of the file and of the image in it. */
  readonly images: readonly { readonly file: string; readonly reference: string }[];
}

/** Looks at the packages as those who get them would. `work` is an empty folder. Throws what is wrong. */
export async function verify(packages: Packages, work: string): Promise<void> {
  await run('sha256sum', ['--check', '--strict', '--quiet', CHECKSUMS], { cwd: packages.folder });
  await verifyChart(packages);
  for (const { file, reference } of packages.images) await verifyImage(join(packages.folder, file), reference);
  await verifySparkctl(packages, work);
}

async function verifyChart({ folder, chart, version, images }: Packages): Promise<void> {
  const args = ['template', 'release', join(folder, chart), '--kube-version', '1.31.0', '--include-crds'];
  const { stdout } = await run(helmPath(), args);
  const operator = images[0]?.reference ?? '';
  if (!stdout.includes(`image: ${operator}`)) throw new Error(`${chart} does not run ${operator} by default`);
  if (!stdout.includes('kind: CustomResourceDefinition')) throw new Error(`${chart} has no CustomResourceDefinitions`);
  const { stdout: about } = await run(helmPath(), ['show', 'chart', join(folder, chart)]);
  for (const field of ['version', 'appVersion']) {
    if (!about.includes(`\n${field}: ${version}\n`)) throw new Error(`${chart} does not have ${field} ${version}`);
  }
}

async function verifyImage(archive: string, reference: string): Promise<void> {
  const { stdout } = await run('tar', ['--extract', '--to-stdout', '--file', archive, 'index.json']);
  const names = archivedImages(stdout).map((image) => image.reference);
  if (names.join() !== reference)
    throw new Error(`${archive} holds ${names.join() || 'no named image'}, not ${reference}`);
}

/** Runs the unpacked CLI with the dependencies that it declares, and no others, taken from this checkout. */
async function verifySparkctl({ folder, sparkctl, version }: Packages, work: string): Promise<void> {
  await run('tar', ['--extract', '--gzip', '--file', join(folder, sparkctl), '--directory', work]);
  const home = join(work, 'package');
  const { stdout } = await run('node', ['--print', "Object.keys(require('./package.json').dependencies).join('\\n')"], {
    cwd: home,
  });
  for (const name of stdout.trim().split('\n')) {
    await mkdir(dirname(join(home, 'node_modules', name)), { recursive: true });
    await symlink(join(ROOT, 'node_modules', name), join(home, 'node_modules', name));
  }
  const main = join(home, 'dist/sparkctl/main.js');
  const says = async (...args: readonly string[]): Promise<string> =>
    (await run(process.execPath, [main, ...args])).stdout;
  if (!(await says('--help')).includes('Usage: sparkctl')) throw new Error(`${sparkctl} does not know how it is used`);
  const shown = await says('version');
  if (!shown.includes(version)) throw new Error(`${sparkctl} says it is of another version than ${version}: ${shown}`);
}

import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { helmPath } from '../cluster/binaries.ts';
import { archivedImages } from '../cluster/bare/archived-images.ts';
import { run } from '../run.ts';
import { CHECKSUMS } from './checksums.ts';
import { OPSPARKCTL, SPARKCTL, type Cli } from './clis.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A folder of packages, all of one version. */
export interface Packages {
  readonly folder: string;
  readonly version: string;
  /** Names of files in the folder. */
  readonly chart: string;
  readonly sparkctl: string;
  readonly opsparkctl: string;
  /** Name of the file and of the image in it. */
  readonly images: readonly { readonly file: string; readonly reference: string }[];
}

/** Looks at the packages as those who get them would. `work` is an empty folder. Throws what is wrong. */
export async function verify(packages: Packages, work: string): Promise<void> {
  await run('sha256sum', ['--check', '--strict', '--quiet', CHECKSUMS], { cwd: packages.folder });
  await verifyChart(packages);
  for (const { file, reference } of packages.images) await verifyImage(join(packages.folder, file), reference);
  for (const cli of [SPARKCTL, OPSPARKCTL]) await verifyCli(cli, packages, work);
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
async function verifyCli({ name, main, folders }: Cli, packages: Packages, work: string): Promise<void> {
  const { folder, version } = packages;
  const file = packages[name];
  const home = join(work, name, 'package');
  await mkdir(home, { recursive: true });
  await run('tar', ['--extract', '--gzip', '--file', join(folder, file), '--directory', join(work, name)]);
  await linkDependencies(home);
  const says = async (...args: readonly string[]): Promise<string> =>
    (await run(process.execPath, [join(home, main), ...args])).stdout;
  if (!(await says('--help')).includes(`Usage: ${name}`)) throw new Error(`${file} does not know how it is used`);
  const shown = await says('version');
  if (!shown.includes(version)) throw new Error(`${file} says it is of another version than ${version}: ${shown}`);
  if (!folders.includes('charts')) return;
  const { stdout: about } = await run(helmPath(), ['show', 'chart', join(home, 'charts/spark-operator')]);
  if (!about.includes(`\nversion: ${version}\n`))
    throw new Error(`${file} carries another chart than that of ${version}`);
}

async function linkDependencies(home: string): Promise<void> {
  const { stdout } = await run('node', ['--print', "Object.keys(require('./package.json').dependencies).join('\\n')"], {
    cwd: home,
  });
  for (const name of stdout.trim().split('\n')) {
    await mkdir(dirname(join(home, 'node_modules', name)), { recursive: true });
    await symlink(join(ROOT, 'node_modules', name), join(home, 'node_modules', name));
  }
}

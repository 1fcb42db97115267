import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { buildBinaries, helmPath } from './cluster/binaries.ts';
import { endWith } from './end-with.ts';
import { buildImage } from './images/build-image.ts';
import type { ImageName } from './images/images.ts';
import { parsePackageArguments } from './package/arguments.ts';
import { writeChecksums } from './package/checksums.ts';
import { imageFile, imageReference } from './package/names.ts';
import { releaseArchive } from './package/release-archive.ts';
import { packSparkctl } from './package/sparkctl-package.ts';
import { verify, type Packages } from './package/verify.ts';
import { createProgress, type Progress } from './progress.ts';
import { run } from './run.ts';
import { prepareMachine } from './setup/prepare-machine.ts';

const ROOT = join(import.meta.dirname, '..');
const CHART = join(ROOT, 'charts/spark-operator');

// npm run package [-- --image IMAGE]: everything that a site needs to install this version, in packages/VERSION.
await endWith(async () => {
  const images = parsePackageArguments(process.argv.slice(2));
  const progress = createProgress();
  await prepareMachine(['images'], progress);
  await buildBinaries(progress, ['helm']);
  const version = await ownVersion();
  const folder = join(ROOT, 'packages', version);
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  const packages = await makePackages(images, { folder: unfinished, version }, progress);
  await progress.step('Looking at the packages as their users will', () =>
    inTemporaryFolder((work) => verify(packages, work)),
  );
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
  for (const line of await listing(folder)) console.log(`  ${line}`);
  console.log(
    `Version ${version} is in ${relative(process.cwd(), folder) || '.'} (docs/quick-start.md says how to install it)`,
  );
  return 0;
});

async function makePackages(
  names: readonly ImageName[],
  { folder, version }: Pick<Packages, 'folder' | 'version'>,
  progress: Progress,
): Promise<Packages> {
  const versions = ['--version', version, '--app-version', version];
  const helm = (): Promise<unknown> => run(helmPath(), ['package', CHART, ...versions, '--destination', folder]);
  await progress.step('Packaging the chart', helm);
  const sparkctl = await progress.step('Packaging sparkctl', () =>
    inTemporaryFolder((work) => packSparkctl(work, folder)),
  );
  const images: { file: string; reference: string }[] = [];
  for (const name of names) images.push(await packageImage(name, { folder, version }, progress));
  await writeChecksums(folder);
  return { folder, version, chart: `spark-operator-${version}.tgz`, sparkctl, images };
}

async function packageImage(
  name: ImageName,
  { folder, version }: Pick<Packages, 'folder' | 'version'>,
  progress: Progress,
): Promise<{ file: string; reference: string }> {
  const { ref, archive } = await buildImage(name, progress);
  const [file, reference] = [imageFile(name, version), imageReference(name, ref, version)];
  await progress.step(`Packaging the image ${reference}`, () => releaseArchive(archive, reference, join(folder, file)));
  return { file, reference };
}

async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'spark-operator-package-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ownVersion(): Promise<string> {
  // Our own package.json.
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}

async function listing(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).sort();
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return names.map((name, i) => `${((sizes[i] ?? 0) / 1000).toFixed(0).padStart(9)} kB  ${name}`);
}

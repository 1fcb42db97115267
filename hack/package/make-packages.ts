import { join } from 'node:path';

import { helmPath } from '../cluster/binaries.ts';
import { buildImage } from '../images/build-image.ts';
import type { ImageName } from '../images/images.ts';
import type { Progress } from '../../terminal/progress.ts';
import { run } from '../run.ts';
import { writeChecksums } from './checksums.ts';
import { imageFile, imageReference } from './names.ts';
import { releaseArchive } from './release-archive.ts';
import { compile, packCli } from './cli-package.ts';
import { OPSPARKCTL, SPARKCTL } from './clis.ts';
import { inTemporaryFolder } from './temporary-folder.ts';
import type { Packages } from './verify.ts';

const CHART = join(import.meta.dirname, '../../charts/spark-operator');

/** Makes chart, command lines, images and checksums of one version in an empty folder. The first image is the operator's. */
export async function makePackages(
  names: readonly ImageName[],
  { folder, version }: Pick<Packages, 'folder' | 'version'>,
  progress: Progress,
): Promise<Packages> {
  const versions = ['--version', version, '--app-version', version];
  const helm = (): Promise<unknown> => run(helmPath(), ['package', CHART, ...versions, '--destination', folder]);
  await progress.step('Packaging the chart', helm);
  const chart = `spark-operator-${version}.tgz`;
  const clis = await progress.step('Packaging sparkctl and opsparkctl', () => packClis(join(folder, chart), folder));
  const images: { file: string; reference: string }[] = [];
  for (const name of names) images.push(await packageImage(name, { folder, version }, progress));
  await writeChecksums(folder);
  return { folder, version, chart, ...clis, images };
}

const packClis = (chart: string, to: string): Promise<Pick<Packages, 'sparkctl' | 'opsparkctl'>> =>
  inTemporaryFolder(async (work) => {
    const parts = { compiled: join(work, 'all'), chart, work, to };
    await compile(parts.compiled);
    return { sparkctl: await packCli(SPARKCTL, parts), opsparkctl: await packCli(OPSPARKCTL, parts) };
  });

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

import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { buildBinaries } from './cluster/binaries.ts';
import { endWith } from './end-with.ts';
import { parsePackageArguments } from './package/arguments.ts';
import { makePackages } from './package/make-packages.ts';
import { ownVersion } from './package/own-version.ts';
import { inTemporaryFolder } from './package/temporary-folder.ts';
import { verify } from './package/verify.ts';
import { createProgress } from '../terminal/progress.ts';
import { prepareMachine } from './setup/prepare-machine.ts';

const ROOT = join(import.meta.dirname, '..');

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

async function listing(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).sort();
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return names.map((name, i) => `${((sizes[i] ?? 0) / 1000).toFixed(0).padStart(9)} kB  ${name}`);
}

import { cp, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The part of package-lock.json that says what is needed at run time. */
export interface PackageLock {
  readonly packages: Readonly<
    Record<string, { readonly dev?: boolean; readonly optional?: boolean; readonly devOptional?: boolean }>
  >;
}

/** The folders of the packages that run in production, as the lock file marks them. */
export function productionPackages(lock: PackageLock): readonly string[] {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.optional && !entry.devOptional)
    .map(([path]) => path);
}

/** Type declarations, source maps and change logs: half of the size, and never loaded. */
const NOT_LOADED = /\.(d\.[cm]?ts|map|md|tsbuildinfo)$/;

/** Copies the production packages of a checkout into `target/node_modules`, without the files that no program loads. */
export async function copyProductionModules(root: string, target: string): Promise<void> {
  // npm wrote this file, in the format of its version 3.
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as PackageLock;
  for (const path of productionPackages(lock)) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    const filter = (source: string): boolean => !NOT_LOADED.test(source) && !source.endsWith('/.bin');
    await cp(join(root, path), join(target, path), { recursive: true, filter });
  }
}

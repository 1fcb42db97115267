import { appendFileSync, existsSync, mkdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

import { cacheDir } from '../../cache.ts';

/** All clusters share these folders, so their list is kept beside the clusters. */
const listFile = (): string => cacheDir('clusters', 'made-folders');

/** Makes a folder of the machine that a node mounts at (or keeps a socket in), and notes each level that was not there before. */
export function makePlace(path: string): void {
  if (existsSync(path)) return;
  makePlace(dirname(path));
  appendFileSync(listFile(), `${path}\n`);
  mkdirSync(path, { mode: 0o755 });
}

/** Removes the noted folders that are empty, the deepest first. Only for when no cluster is left: they are mounted at. */
export function removePlaces(): void {
  if (!existsSync(listFile())) return;
  const places = [...new Set(readFileSync(listFile(), 'utf8').split('\n'))].filter((line) => line !== '');
  for (const place of places.reverse()) {
    try {
      rmdirSync(place);
    } catch {
      // Somebody else has put something there, or it is gone: either way not ours any more.
    }
  }
  rmSync(listFile());
}

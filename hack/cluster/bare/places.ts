import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
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

/**
 * Removes the noted folders that are empty and not mounted at, the deepest first. Only for when no cluster of this cache
 * is left. (A folder that a node of another cache mounts at could be removed all the same: the kernel would unmount it.)
 */
export function removePlaces(): void {
  if (!existsSync(listFile())) return;
  const places = [...new Set(readFileSync(listFile(), 'utf8').split('\n'))].filter((line) => line !== '');
  const inUse = mountPointsOfAll();
  for (const place of places.reverse()) {
    if (inUse.has(place)) continue;
    try {
      rmdirSync(place);
    } catch {
      // Somebody else has put something there, or it is gone: either way not ours any more.
    }
  }
  rmSync(listFile());
}

/** Every place that is mounted at in the mount namespace of any process. */
function mountPointsOfAll(): Set<string> {
  const points = new Set<string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    for (const line of mountsOf(pid).split('\n')) points.add(line.split(' ')[1] ?? '');
  }
  return points;
}

/** Empty for a process that has ended meanwhile. */
function mountsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/mounts`, 'utf8');
  } catch {
    return '';
  }
}

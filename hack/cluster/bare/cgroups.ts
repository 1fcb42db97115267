import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = '/sys/fs/cgroup';

/** Makes a control group in every hierarchy of the machine (version 1), or in the one there is (version 2). */
export async function makeCgroup(path: string, root = ROOT): Promise<void> {
  for (const hierarchy of await hierarchies(root)) {
    const folder = join(hierarchy, path);
    await mkdir(folder, { recursive: true });
    // In version 1 a new cpuset is empty, and a process cannot enter an empty one.
    for (const file of ['cpuset.cpus', 'cpuset.mems']) await copyIfThere(join(hierarchy, file), join(folder, file));
    await delegateControllers(hierarchy, folder);
  }
}

/** Removes a control group with all below it, from every hierarchy. The processes in it must have ended. */
export async function removeCgroup(path: string, root = ROOT): Promise<void> {
  for (const hierarchy of await hierarchies(root)) await removeTree(join(hierarchy, path));
}

/**
 * The folders of the hierarchies: those below the root for version 1, the root itself for version 2. Where both are
 * mounted, the one of version 2 (`unified`) has no controllers, but the container runtime makes its groups there as well.
 */
async function hierarchies(root: string): Promise<string[]> {
  if (existsSync(join(root, 'cgroup.controllers'))) return [root];
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(root, name));
}

async function copyIfThere(from: string, to: string): Promise<void> {
  const value = await readFile(from, 'utf8').catch(() => undefined);
  if (value !== undefined && existsSync(to)) await writeFile(to, value);
}

/** Version 2 only: the controllers must be handed down on the way to the pods. */
async function delegateControllers(hierarchy: string, folder: string): Promise<void> {
  const controllers = await readFile(join(hierarchy, 'cgroup.controllers'), 'utf8').catch(() => undefined);
  if (controllers === undefined || controllers.trim() === '') return;
  const all = controllers
    .trim()
    .split(' ')
    .map((name) => `+${name}`)
    .join(' ');
  for (const level of [hierarchy, folder]) await writeFile(join(level, 'cgroup.subtree_control'), all);
}

/** A control group is removed by removing its folder; the files in it go with it. */
async function removeTree(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) if (entry.isDirectory()) await removeTree(join(folder, entry.name));
  await rmdir(folder);
}

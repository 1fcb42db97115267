import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';

const PREFIX = 'spark-operator-';
const OWNER = 'owner.json';

/**
 * Makes a temporary folder that belongs to this process. Folders whose process has ended without removing them (a test
 * that was killed) are removed on the way.
 */
export async function makeOwnedFolder(parent: string, name: string): Promise<string> {
  await removeOrphans(parent);
  const folder = await mkdtemp(join(parent, `${PREFIX}${name}-`));
  await ownFolder(folder);
  return folder;
}

/** Notes that a folder belongs to this process; its name must begin with `spark-operator-` to be found as an orphan later. */
export async function ownFolder(folder: string): Promise<void> {
  await writeFile(join(folder, OWNER), JSON.stringify(identify(process.pid)));
}

async function removeOrphans(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(PREFIX));
  for (const name of names) {
    const owner = await ownerOf(join(parent, name));
    if (owner !== undefined && !isRunning(owner)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** Folders without a readable owner are somebody else's, or not finished: they stay. */
async function ownerOf(folder: string): Promise<ProcessIdentity | undefined> {
  try {
    // Written by makeOwnedFolder above.
    return JSON.parse(await readFile(join(folder, OWNER), 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const MARK = '.real-cloud';

/** Makes the folder of a cloud, or takes one that is empty or was a cloud's before. Throws for any other: it is not emptied. */
export async function claimRoot(root: string): Promise<void> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  const others = (await readdir(root)).filter((name) => name !== 'owner.json');
  if (others.length > 0 && !isRoot(root)) {
    throw new Error(
      `${root} holds other things (${others[0] ?? ''}…); choose an empty folder, or one that is not there`,
    );
  }
  await writeFile(join(root, MARK), 'Made by npm run real-cloud; its "stop" removes this folder.\n');
}

/** Removes the folder of a cloud; any other is left as it is. */
export async function removeRoot(root: string): Promise<void> {
  if (isRoot(root)) await rm(root, { recursive: true, force: true });
}

function isRoot(root: string): boolean {
  return existsSync(join(root, MARK));
}

import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { hasErrno } from './errno.ts';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';

/**
 * Does the work while holding a lock file, so that two runs never build or change the same thing at once. Waits while
 * another living process holds it (`onWait` is called once, with its process id); a lock whose holder is gone is taken
 * over. Not for two callers inside one process: they would be told apart by nothing.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, onWait: (pid: number) => void): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  let told = false;
  while (!(await tryLock(file))) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const holder = parseHolder(text);
    if (holder === undefined || !isRunning(holder)) {
      await removeStale(file, text);
      continue;
    }
    if (!told) onWait(holder.pid);
    told = true;
    await delay(300);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** A hard link makes the file appear with its content, or not at all. */
async function tryLock(file: string): Promise<boolean> {
  const own = `${file}.${process.pid}`;
  await writeFile(own, JSON.stringify(identify(process.pid)));
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if (hasErrno(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/** Moves the stale lock away, and puts it back if meanwhile another process had taken it over. */
async function removeStale(file: string, stale: string): Promise<void> {
  const aside = `${file}.${process.pid}.stale`;
  await rename(file, aside).catch(() => undefined);
  const moved = await readFile(aside, 'utf8').catch(() => stale);
  if (moved !== stale) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

function parseHolder(text: string): ProcessIdentity | undefined {
  try {
    // Written by tryLock above.
    return JSON.parse(text) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

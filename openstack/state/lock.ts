import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';

import { UserError } from '../../terminal/user-error.ts';
import type { Cli } from '../cli.ts';
import { errorCode } from '../error-code.ts';
import { exitCode } from '../exit-code.ts';

/** The part of the world that a lock needs. */
type LockWorld = Pick<Cli, 'sleep' | 'now' | 'interrupted'>;

interface LockRequest {
  /** The lock file; it exists while the lock is held. */
  readonly file: string;
  /** What cannot be done while somebody else holds it, for the message. */
  readonly purpose: string;
  readonly waitMs: number;
}

/** A lock of another machine (a home folder on the network) counts as left behind after so long. */
const FOREIGN_AGE_MS = 10 * 60_000;
const TRY_EVERY_MS = 200;

/**
 * Does the work while no other opsparkctl of this person does such work. The lock of a process that died is taken over.
 * @throws UserError with exit code 6 when another process keeps it too long
 */
export async function withLock<T>(world: LockWorld, request: LockRequest, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(request.file), { recursive: true, mode: 0o700 });
  const until = world.now().getTime() + request.waitMs;
  while (!(await taken(request.file))) {
    if (await isLeftBehind(request.file)) await breakLock(request.file);
    else if (world.interrupted.aborted || world.now().getTime() >= until) throw await busy(request);
    else await world.sleep(TRY_EVERY_MS);
  }
  try {
    return await work();
  } finally {
    await rm(request.file, { force: true });
  }
}

/** Creating a file that must not exist is atomic: only one process can. */
async function taken(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(`${process.pid} ${hostname()}`);
    await handle.close();
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

const ownerOf = async (file: string): Promise<{ pid: number; host: string } | undefined> => {
  const [pid = '', host = ''] = (await readFile(file, 'utf8').catch(() => '')).split(' ');
  return host === '' ? undefined : { pid: Number(pid), host };
};

async function isLeftBehind(file: string): Promise<boolean> {
  const owner = await ownerOf(file);
  if (owner?.host === hostname()) return !isAlive(owner.pid);
  const written = await stat(file).catch(() => undefined);
  // Without an owner it is being written just now, or its writer died while it wrote.
  const age = owner === undefined ? 5000 : FOREIGN_AGE_MS;
  return written !== undefined && Date.now() - written.mtimeMs > age;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Moves it away. Where another process was faster and the lock is a new one by now, that one is put back. */
async function breakLock(file: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  await rename(file, aside).catch(() => undefined);
  if (!(await isLeftBehind(aside))) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

async function busy({ file, purpose }: LockRequest): Promise<UserError> {
  const owner = await ownerOf(file);
  const who = owner === undefined ? 'another opsparkctl' : `another opsparkctl (process ${owner.pid} on ${owner.host})`;
  return new UserError(`cannot ${purpose}: ${who} is at it; wait for its end, or remove ${file} when there is none`, {
    exitCode: exitCode.conflict,
  });
}

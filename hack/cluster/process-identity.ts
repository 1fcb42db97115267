import { readFileSync } from 'node:fs';

/**
 * What tells one process from every other, over restarts of the machine and reuse of process ids: nothing that was
 * recorded earlier is ever killed by its number alone.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** Field 22 of /proc/PID/stat, in clock ticks since the machine started; empty where there is no /proc. */
  readonly startTime: string;
  /** Changes with every start of the machine. */
  readonly bootId: string;
}

/** The identity of a process that runs now, or `undefined` when it is gone (a zombie counts as gone). */
export function identify(pid: number): ProcessIdentity | undefined {
  const stat = readOptional(`/proc/${pid}/stat`);
  if (stat === undefined) return hasProc() || !answersSignals(pid) ? undefined : { pid, startTime: '', bootId: '' };
  const { state, startTime } = parseStat(stat);
  return state === 'Z' || state === 'X' ? undefined : { pid, startTime, bootId: bootId() };
}

/** Whether exactly this process, not one that got its number later, is still running. */
export function isRunning(identity: ProcessIdentity): boolean {
  const now = identify(identity.pid);
  return now?.startTime === identity.startTime && now.bootId === identity.bootId;
}

/** Reads state and start time of a /proc/PID/stat line. The command name may hold spaces and brackets: count from the last `)`. */
export function parseStat(line: string): { readonly state: string; readonly startTime: string } {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startTime: fields[19] ?? '' };
}

function bootId(): string {
  return readOptional('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
}

function hasProc(): boolean {
  return readOptional('/proc/self/stat') !== undefined;
}

function answersSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function readOptional(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

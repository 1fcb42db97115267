import { readFileSync } from 'node:fs';

/** What a process used so far. */
export interface ProcessUsage {
  /** user and system time of the process and its reaped children, seconds */
  readonly cpuSeconds: number;
  /** resident set now, MiB */
  readonly rssMiB: number;
}

/** USER_HZ: the kernel reports times to user space in hundredths of a second on every Linux architecture Node runs on. */
const TICKS_PER_SECOND = 100;

/** Reads one `/proc/PID/stat` and `/proc/PID/status` pair; pure. Children count: an operator that forks must pay for them. */
export function parseUsage(stat: string, status: string): ProcessUsage {
  // The command name may hold blanks and parentheses: fields are counted from the last ")".
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0);
  const rss = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? '0';
  return { cpuSeconds: ticks / TICKS_PER_SECOND, rssMiB: Number(rss) / 1024 };
}

/** Sum over processes of this machine. Throws the file system's ENOENT when one of them is gone. */
export function usageOf(pids: readonly number[]): ProcessUsage {
  return pids
    .map((pid) => parseUsage(readFileSync(`/proc/${pid}/stat`, 'utf8'), readFileSync(`/proc/${pid}/status`, 'utf8')))
    .reduce((sum, one) => ({ cpuSeconds: sum.cpuSeconds + one.cpuSeconds, rssMiB: sum.rssMiB + one.rssMiB }), {
      cpuSeconds: 0,
      rssMiB: 0,
    });
}

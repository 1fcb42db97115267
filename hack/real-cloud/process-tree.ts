import { readdirSync, readFileSync } from 'node:fs';

import { identify, isRunning, type ProcessIdentity } from '../cluster/process-identity.ts';

/** A process and everything below it, as it is now; empty when it is not the one that was started any more. */
export function processTree(root: ProcessIdentity): readonly ProcessIdentity[] {
  if (!isRunning(root)) return [];
  return descendants(root.pid, parentsOfAll()).flatMap((pid) => identify(pid) ?? []);
}

/** The pure part of {@link processTree}: from process ids to their parents', the ids at and below one, that one first. */
export function descendants(root: number, parents: ReadonlyMap<number, number>): readonly number[] {
  const children = [...parents].filter(([, parent]) => parent === root).map(([pid]) => pid);
  return [root, ...children.flatMap((pid) => descendants(pid, parents))];
}

/** The parent and the resident memory in pages of a /proc/PID/stat line; the name before them may hold anything. */
export function parentAndPages(stat: string): { readonly parent: number; readonly pages: number } {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(fields[1]), pages: Number(fields[21]) };
}

/** Resident memory of processes, in bytes; what they share is counted for each. */
export function residentBytes(processes: readonly ProcessIdentity[]): number {
  const pages = processes.map(({ pid }) => parentAndPages(statOf(pid) ?? '').pages || 0);
  return pages.reduce((sum, count) => sum + count, 0) * 4096;
}

function parentsOfAll(): ReadonlyMap<number, number> {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return new Map(
    pids.flatMap((pid) => {
      const stat = statOf(pid);
      return stat === undefined ? [] : [[pid, parentAndPages(stat).parent] as const];
    }),
  );
}

function statOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
}

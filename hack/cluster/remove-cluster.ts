import { rm } from 'node:fs/promises';

import { disconnectHost } from './bare/host-link.ts';
import { relaySocket } from './bare/relay.ts';
import { removePlaces } from './bare/places.ts';
import { removeCgroup } from './bare/cgroups.ts';
import { clusterFolder, clusterNames, readRecord } from './cluster-record.ts';
import { stopDaemon } from './daemon.ts';
import { eventually } from './eventually.ts';

/**
 * Removes everything that was recorded for a cluster, however little of it is still there: the record of a cluster that
 * broke while it was made, or that was running when the machine stopped, is as good as any. Processes are ended only if
 * they are still the recorded ones.
 */
export async function removeCluster(name: string): Promise<void> {
  const record = readRecord(name);
  if (record !== undefined) {
    // The init process first: it takes every process of its node with it, and mounts and interfaces go with them.
    await Promise.all(record.nodes.map(({ init }) => stopDaemon({ identity: init }, 0)));
    await Promise.all(record.daemons.map((daemon) => stopDaemon(daemon, 0)));
    if (record.hostLink !== undefined) await disconnectHost(record.hostLink);
    for (const cgroup of record.cgroups) await removeCgroupPatiently(cgroup);
  }
  await rm(relaySocket(name), { force: true });
  await rm(clusterFolder(name), { recursive: true, force: true });
  const left = await clusterNames();
  if (!left.some((other) => readRecord(other)?.provider === 'bare')) removePlaces();
}

/** The kernel needs a moment between the end of the last process and an empty group. */
async function removeCgroupPatiently(path: string): Promise<void> {
  let problem: unknown;
  const isRemoved = (): Promise<boolean> =>
    removeCgroup(path).then(
      () => true,
      (error: unknown) => {
        problem = error;
        return false;
      },
    );
  if (await eventually(isRemoved, { timeoutMs: 15_000, everyMs: 100 })) return;
  throw new Error(`The control group ${path} could not be removed`, { cause: problem });
}

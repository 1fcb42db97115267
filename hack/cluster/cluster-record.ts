import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheDir } from '../cache.ts';
import type { Daemon } from './daemon.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** What a cluster is run by. */
export type Provider = 'kind' | 'bare' | 'control-plane';

/** A node that was made on this machine. */
export interface NodeRecord {
  readonly name: string;
  /** The first process of the node: when it ends, the kernel ends all others in the node. */
  readonly init: ProcessIdentity;
}

/** The cable between this machine and the first node: what listens at either end is reached from the other. */
export interface HostLink {
  readonly interface: string;
  /** The machine's end: programs and pods reach at it what listens there. */
  readonly hostAddress: string;
  /** The node's end: programs of the machine reach the API server at it, on port 6443. */
  readonly nodeAddress: string;
}

/** Everything that was made for a cluster, written down before or right after it is made, so that it can be removed later. */
export interface ClusterRecord {
  readonly name: string;
  readonly provider: Provider;
  readonly emulatedVersion?: string;
  readonly server: string;
  /** True once it has been seen working. */
  readonly complete: boolean;
  readonly nodes: readonly NodeRecord[];
  readonly daemons: readonly Daemon[];
  /** Only nodes of this machine have one. */
  readonly hostLink?: HostLink;
  /** Control groups, below the root of each hierarchy. */
  readonly cgroups: readonly string[];
}

/** The folder of a cluster. */
export const clusterFolder = (name: string): string => cacheDir('clusters', name);

/**
 * What a cluster is called where all of the machine see it (control groups, sockets): two caches may each have a cluster
 * of the same name.
 */
export const machineWideName = (name: string): string =>
  `${name}-${createHash('sha256').update(clusterFolder(name)).digest('hex').slice(0, 6)}`;

/** The kubeconfig of a cluster. */
export const clusterKubeconfig = (name: string): string => join(clusterFolder(name), 'kubeconfig');

/** A record with nothing made yet. */
export function emptyRecord(name: string, provider: Provider, emulatedVersion?: string): ClusterRecord {
  const version = emulatedVersion === undefined ? {} : { emulatedVersion };
  return { name, provider, ...version, server: '', complete: false, nodes: [], daemons: [], cgroups: [] };
}

/** The record of a cluster, or `undefined` when there is none. */
export function readRecord(name: string): ClusterRecord | undefined {
  try {
    // Written by RecordKeeper below.
    return JSON.parse(readFileSync(recordFile(name), 'utf8')) as ClusterRecord;
  } catch {
    return undefined;
  }
}

/** The names of all clusters with a folder, whole or not. */
export async function clusterNames(): Promise<string[]> {
  const entries = await readdir(cacheDir('clusters'), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

/** Keeps the record of a cluster that is being made; each change is on the disk when the call returns. */
export interface RecordKeeper {
  current(): ClusterRecord;
  update(change: (record: ClusterRecord) => Partial<ClusterRecord>): void;
}

/** Starts a record. */
export function keepRecord(initial: ClusterRecord): RecordKeeper {
  let record = initial;
  const write = (): void => {
    const file = recordFile(record.name);
    mkdirSync(clusterFolder(record.name), { recursive: true, mode: 0o755 });
    writeFileSync(`${file}.new`, `${JSON.stringify(record, undefined, 2)}\n`);
    renameSync(`${file}.new`, file);
  };
  write();
  return {
    current: () => record,
    update: (change) => {
      record = { ...record, ...change(record) };
      write();
    },
  };
}

function recordFile(name: string): string {
  return join(clusterFolder(name), 'cluster.json');
}

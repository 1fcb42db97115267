import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { RealCloudFacts } from './facts.ts';
import { places } from './plan.ts';
import { processTree, residentBytes } from './process-tree.ts';
import { notedProcess } from './service-process.ts';
import { KERBEROS_SERVICES, SERVICE_NAMES, type ServiceName } from './services.ts';

/** One program of a cloud. */
export interface ServiceStatus {
  readonly name: ServiceName;
  readonly pid?: number;
  /** Resident memory with all processes of the program, in bytes; pages that they share count for each. */
  readonly residentBytes?: number;
  readonly log: string;
}

/** What runs of the cloud in a folder. */
export interface CloudStatus {
  readonly root: string;
  readonly state: 'running' | 'broken' | 'absent';
  readonly cloudsFile?: string;
  readonly authUrl?: string;
  readonly services: readonly ServiceStatus[];
}

/** Looks at the processes only: whether they answer is another question. */
export function cloudStatus(root: string): CloudStatus {
  // Most clouds have no Kerberos.
  const names = SERVICE_NAMES.filter(
    (name) => !KERBEROS_SERVICES.includes(name) || notedProcess(root, name) !== undefined,
  );
  const services = names.map((name) => serviceStatus(root, name));
  const running = services.filter(({ pid }) => pid !== undefined).length;
  const state = running === 0 ? 'absent' : running === services.length ? 'running' : 'broken';
  const facts = readFacts(root);
  if (state === 'absent' || facts === undefined) return { root, state, services };
  return { root, state, cloudsFile: join(root, 'clouds.yaml'), authUrl: facts.authUrl, services };
}

/** The status for people. */
export function statusText({ root, state, authUrl, cloudsFile, services }: CloudStatus): string {
  if (state === 'absent') return `No cloud runs in ${root}`;
  const width = Math.max(...services.map(({ name }) => name.length));
  const lines = services.map(({ name, pid, residentBytes: bytes = 0, log }) => {
    const what = pid === undefined ? `not running (log: ${log})` : `${String(pid).padEnd(8)} ${megabytes(bytes)}`;
    return `  ${name.padEnd(width)}  ${what}`;
  });
  const total = services.reduce((sum, { residentBytes: bytes = 0 }) => sum + bytes, 0);
  return [
    `Cloud in ${root}: ${state}`,
    ...lines,
    `  ${'together'.padEnd(width)}  ${''.padEnd(8)} ${megabytes(total)}`,
    ...(authUrl === undefined ? [] : [`  Keystone: ${authUrl}`]),
    ...(cloudsFile === undefined ? [] : [`  export OS_CLIENT_CONFIG_FILE=${cloudsFile} OS_CLOUD=demo`]),
  ].join('\n');
}

function serviceStatus(root: string, name: ServiceName): ServiceStatus {
  const log = join(places(root).logs, `${name}.log`);
  const identity = notedProcess(root, name);
  const tree = identity === undefined ? [] : processTree(identity);
  const [first] = tree;
  return first === undefined ? { name, log } : { name, pid: first.pid, residentBytes: residentBytes(tree), log };
}

function readFacts(root: string): RealCloudFacts | undefined {
  const file = join(root, 'facts.json');
  // Written by startRealCloud.
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RealCloudFacts) : undefined;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`.padStart(8);
}

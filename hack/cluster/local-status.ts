import { existsSync } from 'node:fs';

import { run } from '../run.ts';
import { kubectlPath } from './binaries.ts';
import { clusterFolder, clusterKubeconfig, readRecord, type ClusterRecord } from './cluster-record.ts';
import { eventually } from './eventually.ts';
import { isRunning } from './process-identity.ts';
import type { ClusterStatus } from './provider.ts';

/** The state of a cluster whose programs run on this machine: from its record, its processes and its API. */
export async function localStatus(name: string): Promise<ClusterStatus> {
  const record = readRecord(name);
  if (record === undefined) {
    if (!existsSync(clusterFolder(name))) return { name, provider: 'none', state: 'absent', details: [] };
    return { name, provider: 'bare', state: 'broken', details: ['A folder without a record was left behind'] };
  }
  const problems = brokenParts(record);
  const nodes = problems.length === 0 ? await nodeLines(name) : { lines: [], problem: undefined };
  if (nodes.problem !== undefined) problems.push(nodes.problem);
  return {
    name,
    provider: record.provider,
    state: problems.length === 0 ? 'running' : 'broken',
    server: record.server,
    kubeconfig: clusterKubeconfig(name),
    ...(record.hostLink === undefined ? {} : { hostAddress: record.hostLink.hostAddress }),
    details: [...problems, ...nodes.lines],
  };
}

/** What the record says should be there and is not. */
export function brokenParts(record: ClusterRecord, isAlive: typeof isRunning = isRunning): string[] {
  const ended = record.daemons.filter(({ identity }) => !isAlive(identity));
  const problems = ended.map(({ name, logFile }) => `${name} is not running (log: ${logFile})`);
  return record.complete ? problems : ['It was not completed', ...problems];
}

/** A server on a busy machine may need several tries: a cluster must not be taken for dead, and removed, too early. */
async function nodeLines(name: string): Promise<{ readonly lines: string[]; readonly problem: string | undefined }> {
  const args = ['--kubeconfig', clusterKubeconfig(name), '--request-timeout=10s', 'get', 'nodes', '--no-headers'];
  let answer: { lines: string[]; problem: string | undefined } = { lines: [], problem: undefined };
  const answers = async (): Promise<boolean> => {
    try {
      const { stdout } = await run(kubectlPath(), args);
      answer = { lines: stdout.split('\n').filter((line) => line !== ''), problem: undefined };
    } catch (error) {
      answer = { lines: [], problem: `The API server does not answer: ${error instanceof Error ? error.message : ''}` };
    }
    return answer.problem === undefined;
  };
  await eventually(answers, { timeoutMs: 45_000, everyMs: 1000 });
  return answer;
}

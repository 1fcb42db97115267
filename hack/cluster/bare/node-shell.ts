import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { run } from '../../run.ts';
import { startDaemon, type Daemon, type DaemonSpec } from '../daemon.ts';
import { eventually } from '../eventually.ts';
import { identify, type ProcessIdentity } from '../process-identity.ts';
import type { NodeLayout } from './node-layout.ts';

/** A node whose namespaces exist: commands can run and programs can be started in it. */
export interface NodeShell {
  readonly layout: NodeLayout;
  readonly init: ProcessIdentity;
  /** Runs a command to its end inside the node. */
  run(command: string, args: readonly string[], input?: string): Promise<string>;
  /** Runs `ip` in the node's network only, so that process ids (of other nodes) are those of the machine. */
  ip(args: readonly string[]): Promise<void>;
  /** Starts a program inside the node. It ends with the node, or when the recorded process is ended. */
  start(spec: DaemonSpec): Promise<Daemon>;
}

/**
 * Makes the namespaces of a node (network, mounts, processes), held by an init process that reaps orphans. When init
 * ends, the kernel ends every process of the node; mounts and interfaces go with the namespaces.
 */
export async function createNode(layout: NodeLayout, keep: (holder: Daemon) => void): Promise<NodeShell> {
  const namespaces = ['--net', '--mount', '--propagation', 'private', '--pid', '--fork', '--mount-proc'];
  const holder = await startDaemon({
    name: `${layout.name}/init`,
    command: 'unshare',
    args: [...namespaces, '--kill-child=KILL', 'tini', '--', 'sleep', 'infinity'],
    logFile: join(layout.folder, 'init.log'),
  });
  // Noted before anything else: with it everything in the node ends.
  keep(holder);
  return nodeShell(layout, await childOf(holder));
}

/** The shell of a node that exists already. */
export function nodeShell(layout: NodeLayout, init: ProcessIdentity): NodeShell {
  const enter = ['--target', String(init.pid), '--net', '--mount', '--pid', '--'];
  return {
    layout,
    init,
    run: async (command, args, input) => {
      const { stdout } = await run('nsenter', [...enter, command, ...args], input === undefined ? {} : { input });
      return stdout;
    },
    ip: async (args) => {
      await run('nsenter', ['--target', String(init.pid), '--net', '--', 'ip', ...args]);
    },
    start: (spec) => {
      const inside = ['setpriv', '--pdeathsig', 'KILL', spec.command, ...spec.args];
      return startDaemon({
        ...spec,
        name: `${layout.name}/${spec.name}`,
        command: 'nsenter',
        args: [...enter, ...inside],
      });
    },
  };
}

/** The init process as this machine sees it: the only child of `unshare`, once /proc is mounted and tini runs. */
async function childOf(holder: Daemon): Promise<ProcessIdentity> {
  const { pid } = holder.identity;
  let child: ProcessIdentity | undefined;
  const isUp = async (): Promise<boolean> => {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
    const childPid = Number(children.trim());
    const name = await readFile(`/proc/${childPid}/comm`, 'utf8').catch(() => '');
    child = childPid > 0 && name.trim() === 'tini' ? identify(childPid) : undefined;
    return child !== undefined;
  };
  await eventually(isUp, { timeoutMs: 10_000, everyMs: 10 });
  if (child === undefined) throw new Error(`The namespaces of ${holder.name} could not be made; see ${holder.logFile}`);
  return child;
}

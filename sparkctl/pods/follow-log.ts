import type { Pod } from '../../api/kubernetes.ts';
import type { Cli, Cluster } from '../cli.ts';
import { failWhenInterrupted } from '../poll.ts';
import { sparkContainerOf } from './spark-container.ts';

interface LogFlags {
  readonly follow?: boolean;
  readonly tail?: number;
  /** Milliseconds. */
  readonly since?: number;
  readonly timestamps?: boolean;
}

/** Copies the log of the Spark container to standard output, as fast as its reader reads. @throws UserError 130 when interrupted */
export async function followLog(cli: Cli, cluster: Cluster, pod: Pod, flags: LogFlags): Promise<void> {
  const { name = '', namespace = cluster.namespace } = pod.metadata ?? {};
  const options = {
    container: sparkContainerOf(pod),
    follow: flags.follow ?? false,
    timestamps: flags.timestamps ?? false,
    ...(flags.tail === undefined ? {} : { tailLines: flags.tail }),
    ...(flags.since === undefined ? {} : { sinceSeconds: Math.max(1, Math.round(flags.since / 1000)) }),
  };
  await cluster.podLog({ namespace, name }, options, cli.terminal.write, cli.interrupted);
  failWhenInterrupted(cli);
}

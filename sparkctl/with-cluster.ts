import type { Command } from 'commander';

import type { Cli, Cluster, ConnectionFlags } from './cli.ts';
import { explainingCluster } from './explaining-cluster.ts';

/** Opens the cluster that the global flags name for as long as `use` takes. Its failures are explained to people. */
export async function withCluster<T>(cli: Cli, command: Command, use: (cluster: Cluster) => Promise<T>): Promise<T> {
  const cluster = await cli.connect(command.optsWithGlobals<ConnectionFlags>());
  try {
    return await use(explainingCluster(cluster));
  } finally {
    await cluster.close();
  }
}

import { type Command, Option } from 'commander';

/** Which cluster of the kubeconfig a command works on. */
export interface ClusterFlags {
  readonly cluster?: string | undefined;
  readonly region?: string | undefined;
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
}

/** Gives a command the flag that names a cluster; `--kubeconfig` and `--context` are global. */
export const addClusterOption = (command: Command): Command =>
  command.addOption(
    new Option(
      '--cluster <name or uuid>',
      'cluster that opsparkctl wrote a kubeconfig for (default: the context that kubectl uses)',
    ),
  );

/** What the command line says about the cluster. commander promises the types by the definitions of the flags. */
export const clusterFlagsOf = (command: Command): ClusterFlags => command.optsWithGlobals<ClusterFlags>();

import type { Command } from 'commander';

/** The flags that choose the cluster: before or after the command, as kubectl has them. */
export const addGlobalOptions = (command: Command): Command =>
  command
    .option('-n, --namespace <name>', 'namespace (default: that of the context, else "default")')
    .option('-k, --kubeconfig <file>', 'kubeconfig file (default: the files in $KUBECONFIG, else ~/.kube/config)')
    .option('--context <name>', 'context of the kubeconfig (default: its current context)');

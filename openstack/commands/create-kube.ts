import { Command } from 'commander';

import { UserError } from '../../terminal/user-error.ts';
import {
  dryRunOption,
  keyValue,
  noWaitOption,
  nonNegativeInteger,
  positiveInteger,
  timeoutOption,
} from '../arguments.ts';
import type { Cli } from '../cli.ts';
import type { Cluster } from '../container-infra/magnum.ts';
import { exitCode } from '../exit-code.ts';
import { type GlobalFlags, globalFlagsOf } from '../global-options.ts';
import { wishesOf, type WishFlags } from '../kube-cluster/cluster-wishes.ts';
import { awaitReady } from '../kube-cluster/await-ready.ts';
import { createCluster } from '../kube-cluster/create-cluster.ts';
import { printCluster, printOrder } from '../kube-cluster/created-view.ts';
import { readPublicKey } from '../kube-cluster/ensure-keypair.ts';
import { type KubeWorld, kubeWorld } from '../kube-cluster/kube-world.ts';
import { writeAccess } from '../kube-cluster/write-access.ts';
import { type OutputFormat, outputOption } from '../output.ts';
import { loadProfile } from '../site-profile/load-profile.ts';
import { type OpenCloud, withCloud } from '../with-cloud.ts';

interface CreateKubeFlags extends WishFlags {
  readonly sshPublicKey?: string;
  readonly adopt?: boolean;
  readonly recreate?: boolean;
  readonly setCurrent: boolean;
  readonly writeKubeconfig: boolean;
  readonly timeout?: number;
  readonly wait: boolean;
  readonly dryRun?: boolean;
  readonly output: OutputFormat;
}

const TIMEOUT_MS = 60 * 60_000;

/** `opsparkctl create kube NAME` */
export const createKubeCommand = (cli: Cli): Command =>
  describedOptions(new Command('kube'))
    .description(
      'Order a Kubernetes cluster from Magnum, wait for it, and write a kubeconfig for it; go on where a run ended',
    )
    .argument('[name]', 'name of the cluster (asked for on a terminal)')
    .addOption(timeoutOption('60m'))
    .addOption(noWaitOption())
    .addOption(dryRunOption())
    .addOption(outputOption())
    .action(async (name: string | undefined, flags: CreateKubeFlags, command: Command) => {
      await withCloud(cli, command, async (cloud) => {
        const named = name ?? (await askName(cli));
        await createKube(cli, cloud, { name: named, flags, global: globalFlagsOf(command) });
      });
    });

const describedOptions = (command: Command): Command =>
  command
    .option('--template <name>', 'cluster template, by name or UUID (default: the only one for Kubernetes)')
    .option('--nodes <count>', "number of nodes (default: Magnum's, 1)", positiveInteger)
    .option('--masters <count>', "number of masters (default: Magnum's, 1)", positiveInteger)
    .option('--flavor <name>', "flavor of the nodes (default: the template's)")
    .option('--master-flavor <name>', "flavor of the masters (default: the template's)")
    .option('--keypair <name>', 'keypair for SSH to the nodes')
    .option('--ssh-public-key <file>', 'import this public key as the keypair')
    .option('--label <key=value>', "label, added to the template's (may be repeated)", keyValue)
    .option('--create-timeout <minutes>', "Magnum's own deadline (default: Magnum's)", nonNegativeInteger)
    .option('--floating-ip', "nodes get floating IPs (default: the template's choice)")
    .option('--no-floating-ip', 'nodes get none')
    .option('--master-lb', "a load balancer in front of the masters (default: the template's choice)")
    .option('--no-master-lb', 'none')
    .option('--network <id>', 'existing private network to put the cluster in')
    .option('--subnet <id>', 'existing subnet to put the cluster in')
    .option('--docker-volume-size <GB>', 'volume for containers on each node', positiveInteger)
    .option('--adopt', 'take a cluster of this name that is there already, as it is')
    .option('--recreate', 'delete this cluster first if its creation failed')
    .option('--no-set-current', 'leave the current context of the kubeconfig as it is')
    .option('--no-write-kubeconfig', 'write no kubeconfig');

async function askName({ ask }: Cli): Promise<string> {
  if (ask !== undefined) return ask.text('Name of the cluster', 'spark');
  throw new UserError('which name shall the cluster have? opsparkctl create kube NAME', { exitCode: exitCode.usage });
}

interface CreateKube {
  readonly name: string;
  readonly flags: CreateKubeFlags;
  readonly global: GlobalFlags;
}

async function createKube(cli: Cli, cloud: OpenCloud, { name, flags, global }: CreateKube): Promise<void> {
  const profile = await loadProfile(cli, global);
  const world = kubeWorld(cli, cloud);
  const timeoutMs = flags.timeout ?? TIMEOUT_MS;
  const created = await createCluster(world, {
    wishes: wishesOf(name, flags, profile.kube),
    publicKey: flags.sshPublicKey === undefined ? undefined : await readPublicKey(cli, flags.sshPublicKey),
    adopt: flags.adopt === true,
    recreate: flags.recreate === true,
    yes: global.yes === true,
    dryRun: flags.dryRun === true,
    timeoutMs,
  });
  if (created.kind === 'would-order') return printOrder(cli.terminal, flags.output, created.order);
  if (flags.dryRun === true) return printCluster(cli.terminal, flags.output, { cluster: created.cluster });
  return finish(world, created.cluster, { flags, kubeconfig: global.kubeconfig, timeoutMs });
}

interface Finish {
  readonly flags: CreateKubeFlags;
  readonly kubeconfig: string | undefined;
  readonly timeoutMs: number;
}

async function finish(world: KubeWorld, made: Cluster, { flags, kubeconfig, timeoutMs }: Finish): Promise<void> {
  const { terminal } = world.cli;
  if (!flags.wait) {
    terminal.printError(`"opsparkctl create kube ${made.name}" waits for it`);
    return printCluster(terminal, flags.output, { cluster: made });
  }
  const cluster = await awaitReady(world, made, timeoutMs);
  const request = { file: kubeconfig, setCurrent: flags.setCurrent };
  const access = flags.writeKubeconfig ? await writeAccess(world, cluster, request) : undefined;
  await printCluster(terminal, flags.output, { cluster, access });
  terminal.printError('Next: "opsparkctl create spark" puts the Spark operator on it');
}

import { Command, InvalidArgumentError, Option } from 'commander';

import { UserError } from '../../terminal/user-error.ts';
import { table } from '../../terminal/table.ts';
import { dryRunOption, duration } from '../arguments.ts';
import type { Cli } from '../cli.ts';
import { findCluster } from '../clusters/find-cluster.ts';
import { magnum } from '../container-infra/magnum-client.ts';
import { exitCode } from '../exit-code.ts';
import { globalFlagsOf } from '../global-options.ts';
import { issueKubeconfig, type Issued } from '../kubeconfig/issue-kubeconfig.ts';
import { readinessWarning } from '../kubeconfig/readiness.ts';
import { regionOf } from '../kubeconfig/region-of.ts';
import { userChoice, userText, type UserChoice } from '../kubeconfig/user-choice.ts';
import { rememberedClusters } from '../clusters/remembered-clusters.ts';
import { withCloud } from '../with-cloud.ts';

interface Flags {
  readonly user?: UserChoice;
  readonly renew?: boolean;
  readonly output?: string;
  readonly stdout?: boolean;
  readonly setCurrent?: boolean;
  readonly apiAddress?: string;
  readonly proxy?: string;
  readonly duration: number;
  readonly dryRun?: boolean;
}

/** TokenRequest refuses less. */
const SHORTEST_MS = 10 * 60_000;

/** `opsparkctl kubeconfig [CLUSTER]` */
export const kubeconfigCommand = (cli: Cli): Command => command(cli, 'kubeconfig');

/** `opsparkctl create local-kube-config [CLUSTER]`: its older name. */
export const localKubeConfigCommand = (cli: Cli): Command => command(cli, 'local-kube-config');

function command(cli: Cli, name: string): Command {
  const self = new Command(name)
    .description('Put a cluster into the kubeconfig: as its administrator, a Keystone user or a service account')
    .argument('[cluster]', 'name or UUID (default: the only one, or the one chosen from a menu)')
    .addOption(
      new Option('--user <user>', 'admin, keystone, or sa:NAMESPACE/NAME: a Spark user of one namespace').argParser(
        userChoice,
      ),
    )
    .option('--renew', 'make the credentials anew: of --user, or all that are there of the cluster')
    .option('--output <file>', 'write to this file (default: --kubeconfig, $KUBECONFIG, ~/.kube/config)')
    .option('--stdout', 'print the kubeconfig instead of writing it')
    .option('--set-current', 'make it the current context (also done where there is none)')
    .option('--api-address <url>', "address of the API server, instead of Magnum's")
    .option('--proxy <url>', 'proxy through which kubectl reaches the API server, such as socks5://bastion:1080')
    .addOption(
      new Option('--duration <duration>', 'life of a service account token')
        .argParser(tokenDuration)
        .default(86_400_000, '24h'),
    );
  self.addOption(dryRunOption());
  return self.action((ident: string | undefined, flags: Flags, called: Command) =>
    kubeconfig(cli, ident, flags, called),
  );
}

function tokenDuration(text: string): number {
  const milliseconds = duration(text);
  if (milliseconds < SHORTEST_MS)
    throw new InvalidArgumentError('Expected 10m or more: Kubernetes makes no shorter ones.');
  return milliseconds;
}

async function kubeconfig(cli: Cli, ident: string | undefined, flags: Flags, called: Command): Promise<void> {
  if (flags.stdout === true && flags.output !== undefined)
    throw new UserError('--stdout and --output exclude each other', { exitCode: exitCode.usage });
  if (flags.proxy !== undefined && !/^(https?|socks5):\/\/./.test(flags.proxy))
    throw new UserError(`--proxy "${flags.proxy}" is not a URL such as socks5://bastion:1080`, {
      exitCode: exitCode.usage,
    });
  const issued = await withCloud(cli, called, async ({ config, session, login }) => {
    const client = magnum(session);
    const cluster = await findCluster(cli, client, ident, await rememberedClusters(cli, config, login));
    const warning = readinessWarning(cluster);
    const region = regionOf(config, login);
    const where = flags.stdout === true ? undefined : (flags.output ?? globalFlagsOf(called).kubeconfig);
    const made = await issueKubeconfig(cli, {
      magnum: client,
      cloud: { config, login },
      cluster,
      region,
      user: flags.user,
      renew: flags.renew === true,
      target: flags.stdout === true ? { kind: 'stdout' } : { kind: 'file', path: where },
      setCurrent: flags.setCurrent === true,
      dryRun: flags.dryRun === true,
      apiAddress: flags.apiAddress,
      proxyUrl: flags.proxy,
      durationMs: flags.duration,
    });
    return { ...made, warnings: [...(warning === undefined ? [] : [warning]), ...made.warnings] };
  });
  show(cli, issued);
}

function show(cli: Cli, { entries, warnings, file, backup, text }: Issued): void {
  const { print, printError } = cli.terminal;
  for (const warning of new Set(warnings)) printError(`Warning: ${warning}`);
  for (const { why, context } of entries) if (why !== undefined) printError(`${context} is made anew: ${why}`);
  if (backup !== undefined) printError(`The file as it was: ${backup}`);
  if (text !== undefined) print(text.trimEnd());
  else rowsOf(entries, file ?? '').forEach(print);
}

function rowsOf(entries: Issued['entries'], file: string): readonly string[] {
  const rows = entries.map(({ context, choice, state, expiresAt }) => [
    context,
    userText(choice),
    state,
    expiresAt === undefined ? '' : expiresAt.toISOString().slice(0, 16).replace('T', ' '),
    file,
  ]);
  return table(['CONTEXT', 'USER', 'CREDENTIALS', 'EXPIRES (UTC)', 'FILE'], rows);
}

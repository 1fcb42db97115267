import { Command, Option } from 'commander';

import type { StringMap } from '../../api/scalars.ts';
import type { Cli, Cluster } from '../cli.ts';
import { findOperators, type FoundOperator } from '../operator/find-operator.ts';
import { quantities, quota } from '../setup/quantities.ts';
import { setupNamespace } from '../setup/setup-namespace.ts';
import { UserError } from '../../terminal/user-error.ts';
import { withCluster } from '../with-cluster.ts';

interface SetupFlags {
  readonly serviceAccount: string;
  readonly quota?: StringMap;
  readonly defaultRequest?: StringMap;
  readonly create?: boolean;
  readonly operatorNamespace?: string;
  readonly release?: string;
  readonly dryRun?: boolean;
  readonly output?: 'json' | 'yaml';
}

/** `sparkctl setup namespace NAME` */
export const setupNamespaceCommand = (cli: Cli): Command =>
  new Command('namespace')
    .description(
      'Give a namespace what Spark drivers need: service account, Role, binding, and the label that the operator selects by',
    )
    .argument('<name>', 'the namespace')
    .option(
      '--service-account <name>',
      'service account of the drivers; its Role and binding have the same name',
      'spark',
    )
    .option('--quota <amounts>', 'a ResourceQuota, such as cpu=20,memory=64Gi,pods=50', quota)
    .option(
      '--default-request <amounts>',
      'a LimitRange: what containers request that say nothing, such as cpu=100m',
      quantities,
    )
    .option('--create', 'make the namespace when it does not exist')
    .option('--operator-namespace <name>', 'namespace of the operator (default: wherever it is found)')
    .option('--release <name>', "Helm's name of the operator, when there are several")
    .option('--dry-run', 'change nothing, print the manifests')
    .addOption(
      new Option('-o, --output <format>', 'like --dry-run, in a format')
        .choices(['yaml', 'json'])
        .implies({ dryRun: true }),
    )
    .action((name: string, flags: SetupFlags, command: Command) =>
      withCluster(cli, command, async (cluster) => {
        const operator = await operatorFor(cli, cluster, name, flags);
        await setupNamespace(cli, cluster, {
          namespace: name,
          serviceAccount: flags.serviceAccount,
          create: flags.create ?? false,
          quota: flags.quota ?? {},
          defaultRequest: flags.defaultRequest ?? {},
          print: flags.dryRun === true ? (flags.output ?? 'yaml') : undefined,
          operator,
        });
      }),
    );

/** The operator that is to run the applications there; undefined, with a warning, when none can be seen. */
async function operatorFor(
  { terminal }: Cli,
  cluster: Cluster,
  namespace: string,
  { operatorNamespace, release }: SetupFlags,
): Promise<FoundOperator | undefined> {
  const found = await findOperators(cluster, { namespace: operatorNamespace, release });
  if (found === undefined || found.length === 0) {
    const why = found === undefined ? 'you may not list Deployments' : 'no Deployment of it was found';
    terminal.printError(`warning: ${why}, so nobody can say whether the operator runs applications in "${namespace}"`);
    return undefined;
  }
  const [first, ...others] = found;
  if (others.length === 0) return first;
  const names = found.map((one) => `${one.namespace}/${one.release}`).join(', ');
  throw new UserError(`there are several operators (${names}): choose with --operator-namespace and --release`);
}

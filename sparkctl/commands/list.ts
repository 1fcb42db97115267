import { Command } from 'commander';

import type { ScheduledSparkApplication } from '../../api/scheduledsparkapplication.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { apiVersionOf, resources, type Resource } from '../../kube/resources.ts';
import type { Cli, Cluster } from '../cli.ts';
import { kindOf } from '../kinds.ts';
import { serialise } from '../../terminal/serialise.ts';
import { outputOption, qualifiedName, type OutputFormat } from '../output.ts';
import { applicationTable } from '../view/application-table.ts';
import type { TableOptions } from '../view/columns.ts';
import { palette } from '../../terminal/palette.ts';
import { scheduleTable } from '../view/schedule-table.ts';
import { withCluster } from '../with-cluster.ts';

interface ListFlags {
  readonly allNamespaces?: boolean;
  readonly selector?: string;
  readonly output?: OutputFormat;
}

/** `sparkctl list [KIND]` */
export const listCommand = (cli: Cli): Command =>
  new Command('list')
    .alias('ls')
    .description('List the SparkApplications (or the schedules) of a namespace')
    .argument('[kind]', 'sparkapplications or scheduledsparkapplications', 'sparkapplications')
    .option('-A, --all-namespaces', 'of all namespaces')
    .option('-l, --selector <labels>', 'only objects with these labels, such as team=risk,stage!=test')
    .addOption(outputOption('wide', 'json', 'yaml', 'name'))
    .action((kind: string, flags: ListFlags, command: Command) =>
      withCluster(cli, command, async (cluster) => {
        const resource = kindOf(kind);
        const show = { cli, cluster, flags };
        await (resource.kind === resources.sparkApplications.kind
          ? list(show, resources.sparkApplications, applicationTable)
          : list(show, resources.scheduledSparkApplications, scheduleTable));
      }),
    );

interface Showing {
  readonly cli: Cli;
  readonly cluster: Cluster;
  readonly flags: ListFlags;
}

type TableOf<T> = (items: readonly T[], options: TableOptions) => string[];

async function list<T extends SparkApplication | ScheduledSparkApplication>(
  { cli, cluster, flags }: Showing,
  resource: Resource<T>,
  tableOf: TableOf<T>,
): Promise<void> {
  const { terminal } = cli;
  const items = await cluster.list(resource, {
    ...(flags.allNamespaces === true ? {} : { namespace: cluster.namespace }),
    ...(flags.selector === undefined ? {} : { labelSelector: flags.selector }),
  });
  const { output } = flags;
  if (output === 'json' || output === 'yaml') {
    terminal.print(await serialise(output, { apiVersion: 'v1', kind: 'List', items: items.map(withKind(resource)) }));
  } else if (output === 'name') {
    for (const { metadata } of items) terminal.print(qualifiedName(resource, metadata.name));
  } else if (items.length === 0) {
    const place = flags.allNamespaces === true ? 'in any namespace' : `in namespace "${cluster.namespace}"`;
    terminal.printError(`No ${resource.kind}s found ${place}`);
  } else {
    const options = { wide: output === 'wide', namespaces: flags.allNamespaces === true, now: cli.now() };
    tableOf(items, { ...options, colours: palette(terminal.colour) }).forEach(terminal.print);
  }
}

/** Items of a list come without apiVersion and kind; on their own they need them. */
const withKind =
  (resource: Resource) =>
  (item: object): object => ({ apiVersion: apiVersionOf(resource), kind: resource.kind, ...item });

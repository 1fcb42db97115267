import { Command } from 'commander';

import { palette } from '../../terminal/palette.ts';
import { UserError } from '../../terminal/user-error.ts';
import type { Cli } from '../cli.ts';
import { findCluster } from '../clusters/find-cluster.ts';
import { rememberedClusters } from '../clusters/remembered-clusters.ts';
import { magnum } from '../container-infra/magnum-client.ts';
import { doctorReport } from '../doctor/report.ts';
import { exitCode } from '../exit-code.ts';
import { globalFlagsOf } from '../global-options.ts';
import { type OutputFormat, outputOption, printResult } from '../output.ts';
import { clusterStatus } from '../status/cluster-status.ts';
import { clusterTable, summaryOf } from '../status/cluster-table.ts';
import { listClusters } from '../status/list-clusters.ts';
import { type OpenCloud, withCloud } from '../with-cloud.ts';

interface Flags {
  readonly output: OutputFormat;
}

/** `opsparkctl status [CLUSTER]` */
export const statusCommand = (cli: Cli): Command =>
  new Command('status')
    .description('List the clusters of the project; of one cluster tell how all of it fares')
    .argument('[cluster]', 'name or UUID')
    .addOption(outputOption())
    .action((ident: string | undefined, { output }: Flags, command: Command) =>
      withCloud(cli, command, (cloud) =>
        ident === undefined ? listAll(cli, cloud, output) : tellOne(cli, { cloud, ident, output, command }),
      ),
    );

async function listAll(cli: Cli, { session, login }: OpenCloud, output: OutputFormat): Promise<void> {
  const clusters = await listClusters(session);
  const { terminal } = cli;
  if (clusters.length === 0)
    terminal.printError(
      `No clusters in project "${login.project?.name ?? ''}": "opsparkctl create kube NAME" makes one`,
    );
  const lines = clusters.length === 0 ? [] : clusterTable(clusters, cli.now(), terminal.colour);
  await printResult(terminal, output, clusters.map(summaryOf), lines);
}

interface Asked {
  readonly cloud: OpenCloud;
  readonly ident: string;
  readonly output: OutputFormat;
  readonly command: Command;
}

async function tellOne(cli: Cli, { cloud, ident, output, command }: Asked): Promise<void> {
  const { config, session, login } = cloud;
  const client = magnum(session);
  const cluster = await findCluster(cli, client, ident, await rememberedClusters(cli, config, login));
  const { kubeconfig, context } = globalFlagsOf(command);
  const report = await clusterStatus(cli, { cluster, magnum: client, kubeconfig, context });
  const { terminal } = cli;
  const title = `${palette(terminal.colour).strong(cluster.name)}  ${cluster.uuid}`;
  const lines = [title, '', ...doctorReport(report.findings, terminal.colour)];
  const value = { ...report.facts, findings: report.findings, exitCode: report.exitCode };
  await printResult(terminal, output, value, lines);
  // The report has told everything: nothing more is said.
  if (report.exitCode !== exitCode.ok) throw new UserError('', { exitCode: report.exitCode });
}

import { Command, Option } from 'commander';

import { resources } from '../../kube/resources.ts';
import type { Cli } from '../cli.ts';
import { applicationName } from '../kinds.ts';
import { serialise } from '../../terminal/serialise.ts';
import { withCluster } from '../with-cluster.ts';

interface ExplainFlags {
  readonly operatorNamespace?: string;
  readonly output: 'table' | 'json' | 'yaml';
}

/** `sparkctl explain-defaults NAME` */
export const explainDefaultsCommand = (cli: Cli): Command =>
  new Command('explain-defaults')
    .description(
      "Tell what an application gets from the site's SparkPodDefaults, entry by entry, and what gave way to what",
    )
    .argument('<name>', 'name of the SparkApplication')
    .option('--operator-namespace <name>', 'namespace of the operator (default: wherever it is found)')
    .addOption(new Option('-o, --output <format>', 'print as').choices(['table', 'json', 'yaml']).default('table'))
    .action((text: string, flags: ExplainFlags, command: Command) =>
      withCluster(cli, command, async (cluster) => {
        const ref = { namespace: cluster.namespace, name: applicationName(text) };
        const app = await cluster.get(resources.sparkApplications, ref);
        // Planning an application is loaded only by the command that needs it.
        const { currentAttempt, explainDefaults } = await import('../defaults/explanation.ts');
        const { gatherDefaults, operatorNamespaceOf } = await import('../defaults/gather-defaults.ts');
        const { defaultsReport } = await import('../view/defaults-report.ts');
        const operatorNamespace = await operatorNamespaceOf(cluster, app, flags.operatorNamespace);
        const facts = await gatherDefaults(cli, cluster, app, operatorNamespace);
        if (facts === undefined) cli.terminal.printError('warning: only what the current attempt got can be told');
        const report = {
          application: `${ref.namespace}/${ref.name}`,
          operatorNamespace,
          current: currentAttempt(app),
          next: facts === undefined ? undefined : explainDefaults(facts),
        };
        if (flags.output === 'table') defaultsReport(report).forEach((line) => cli.terminal.print(line));
        else cli.terminal.print(await serialise(flags.output, report));
      }),
    );

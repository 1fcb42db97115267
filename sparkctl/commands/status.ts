import { Command } from 'commander';

import type { SparkApplication } from '../../api/sparkapplication.ts';
import { isForbidden } from '../../kube/errors.ts';
import { apiVersionOf, resources } from '../../kube/resources.ts';
import type { Cli, Cluster } from '../cli.ts';
import { applicationName } from '../kinds.ts';
import { serialise } from '../../terminal/serialise.ts';
import { outputOption } from '../output.ts';
import { findDriver, findExecutors } from '../pods/find-pod.ts';
import { palette } from '../../terminal/palette.ts';
import { statusReport, type StatusFacts } from '../view/status-report.ts';
import { withCluster } from '../with-cluster.ts';
import { eventsOf } from './event.ts';

/** `sparkctl status NAME` */
export const statusCommand = (cli: Cli): Command =>
  new Command('status')
    .description('Tell how an application fares: state and reason, times, attempts, pods, last events, what comes next')
    .argument('<name>', 'name of the SparkApplication')
    .addOption(outputOption('json', 'yaml'))
    .action((text: string, { output }: { output?: 'json' | 'yaml' }, command: Command) =>
      withCluster(cli, command, async (cluster) => {
        const ref = { namespace: cluster.namespace, name: applicationName(text) };
        const app = await cluster.get(resources.sparkApplications, ref);
        if (output === undefined) await report(cli, cluster, app);
        else {
          const { sparkApplications } = resources;
          cli.terminal.print(
            await serialise(output, {
              ...app,
              apiVersion: apiVersionOf(sparkApplications),
              kind: sparkApplications.kind,
            }),
          );
        }
      }),
    );

async function report(cli: Cli, cluster: Cluster, app: SparkApplication): Promise<void> {
  const facts = await gather(cli, cluster, app);
  const options = { now: cli.now(), colours: palette(cli.terminal.colour) };
  statusReport(facts, options).forEach(cli.terminal.print);
}

/** Someone who may read applications but not pods or events still gets the rest. */
async function gather(cli: Cli, cluster: Cluster, app: SparkApplication): Promise<StatusFacts> {
  const allowed = async <T>(read: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await read;
    } catch (error) {
      if (!(error instanceof Error) || !isForbidden(error.cause)) throw error;
      cli.terminal.printError(`warning: ${error.message}`);
      return otherwise;
    }
  };
  const [driver, executors, events] = await Promise.all([
    allowed(findDriver(cluster, app), undefined),
    allowed(findExecutors(cluster, app), []),
    allowed(eventsOf(cluster, app), []),
  ]);
  return { app, driver, executors, events };
}

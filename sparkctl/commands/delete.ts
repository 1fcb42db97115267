import { Command } from 'commander';

import type { Cli } from '../cli.ts';
import { throwFailures } from '../failures.ts';
import { target } from '../kinds.ts';
import { withCluster } from '../with-cluster.ts';

/** `sparkctl delete NAME…` */
export const deleteCommand = (cli: Cli): Command =>
  new Command('delete')
    .description('Delete SparkApplications: their pods and other objects go with them')
    .argument('<name...>', 'names; scheduledsparkapplication/NAME deletes a schedule')
    .action((names: string[], _flags: object, command: Command) =>
      withCluster(cli, command, async (cluster) => {
        const targets = names.map(target);
        const failures: unknown[] = [];
        for (const { resource, name } of targets) {
          try {
            await cluster.delete(resource, { namespace: cluster.namespace, name });
            cli.terminal.print(`${resource.kind} "${name}" deleted`);
          } catch (error) {
            failures.push(error);
          }
        }
        throwFailures(failures);
      }),
    );

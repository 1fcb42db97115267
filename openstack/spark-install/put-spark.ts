import type { Command } from 'commander';

import type { Cli } from '../cli.ts';
import { printResult } from '../output.ts';
import { table } from '../../terminal/table.ts';
import type { HistoryChoice } from './history-values.ts';
import { installSpark } from './install-spark.ts';
import { orderOf } from './order-of.ts';
import type { SparkOrder, SparkWorld } from './order.ts';
import { planSpark } from './plan-spark.ts';
import { reportLines } from './report.ts';
import { withSpark, type OpenSpark } from './with-spark.ts';
import { factsOf, withStore, type Store } from './with-store.ts';

/** What one of the four commands that install or update wants beside its flags. */
export interface Wish {
  readonly history: (spark: OpenSpark) => HistoryChoice;
  /** True: what was changed or deleted by hand comes back. */
  readonly repair: boolean;
  /** Whether bucket and keys are seen to as well. */
  readonly store: boolean;
  /** Looks before anything is changed. */
  readonly check?: (world: SparkWorld, order: SparkOrder) => Promise<void>;
}

/** Brings operator and history server to what was ordered, or, with --dry-run, says what that would change; prints the result. */
export function putSpark(cli: Cli, command: Command, wish: Wish): Promise<void> {
  return withSpark(cli, command, async (spark) => {
    const order = orderOf(cli, spark, { history: wish.history(spark), repair: wish.repair });
    const put = async ({ ensureS3, facts }: Store): Promise<void> => {
      const world: SparkWorld = { cli, client: spark.kubernetes.client, helm: spark.helm, ensureS3, facts };
      await wish.check?.(world, order);
      await (spark.flags.dryRun === true ? plan(world, order, spark) : install(world, order, spark));
    };
    await (wish.store ? withStore(cli, { command, spark }, put) : put({ ensureS3: undefined, facts: factsOf(spark) }));
  });
}

async function plan(world: SparkWorld, order: SparkOrder, { flags, namespace, release }: OpenSpark): Promise<void> {
  const steps = await planSpark(world, order);
  const rows = steps.map(({ step, result, detail }) => [step, result, detail]);
  const lines = table(['STEP', 'WOULD', 'DETAIL'], rows);
  await printResult(world.cli.terminal, flags.output, { namespace, release, dryRun: true, steps }, lines);
}

async function install(world: SparkWorld, order: SparkOrder, { flags }: OpenSpark): Promise<void> {
  const report = await installSpark(world, order);
  await printResult(world.cli.terminal, flags.output, report, reportLines(report));
}

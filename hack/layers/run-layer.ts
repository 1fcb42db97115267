import { buildBinaries } from '../cluster/binaries.ts';
import { clusterDown, clusterStatus } from '../cluster/cluster.ts';
import { DEFAULT_NAME } from '../cluster/options.ts';
import type { Progress } from '../../terminal/progress.ts';
import { prepareMachine } from '../setup/prepare-machine.ts';
import { runChecks } from './check-layer.ts';
import { sumJest, type JestCounts } from './jest-counts.ts';
import { runJest } from './jest-layer.ts';
import type { LayerName, LayerResult } from './layer-result.ts';
import { preparedNodes } from '../../test/e2e/nodes.ts';

/** What every layer is given. */
export interface LayerContext {
  readonly progress: Progress;
  readonly jestArguments: readonly string[];
  /** Fires when the person has had enough: the layer stops, and removes what it made. */
  readonly signal: AbortSignal;
}

type Run = (context: LayerContext) => Promise<JestCounts>;

const runs: Readonly<Record<LayerName, Run>> = {
  check: ({ progress }) => runChecks(progress),
  unit: ({ jestArguments, signal }) => runJest('unit', jestArguments, signal),
  integration: async ({ progress, jestArguments, signal }) => {
    await prepareMachine(['control-plane'], progress);
    await buildBinaries(progress, ['kubernetes', 'helm']);
    // Each file waits for its own API server most of the time: two at once take half as long, on two cores, too.
    return runJest('integration', ['--maxWorkers=2', ...jestArguments], signal);
  },
  openstack: async ({ progress, jestArguments, signal }) => {
    await prepareMachine(['control-plane', 'openstack', 'openstack-kerberos'], progress);
    await buildBinaries(progress, ['kubernetes', 'helm']);
    // Real services wait for one another most of the time.
    return runJest('openstack', ['--maxWorkers=2', ...jestArguments], signal);
  },
  e2e: async ({ progress, jestArguments, signal }) => {
    await prepareMachine(['cluster', 'images', 'spark-aws', 'openstack'], progress);
    await buildBinaries(progress, ['kubernetes', 'helm', 'versitygw']);
    return withCluster(progress, async () =>
      sumJest(
        [
          // Spark's JVMs share the cores, but half of the time a file waits for something else.
          await runJest('e2e', ['--maxWorkers=2', ...jestArguments], signal),
          await runJest('e2e-alone', ['--runInBand', ...jestArguments], signal),
        ],
        jestArguments.length > 0,
      ),
    );
  },
};

/** Runs a layer. What keeps it from running is its failure, with the reason: no layer is passed over. */
export async function runLayer(layer: LayerName, context: LayerContext): Promise<LayerResult> {
  const { progress, signal } = context;
  const started = Date.now();
  if (signal.aborted) return { layer, passed: 0, failed: 1, milliseconds: 0, reason: 'interrupted' };
  progress.heading(`Layer ${layer}`);
  const counts = await runs[layer](context).catch((error: unknown): JestCounts => {
    const message = error instanceof Error ? error.message : String(error);
    progress.say(message);
    return { passed: 0, failed: 1, reason: `could not run: ${message.split('\n', 1)[0] ?? ''}` };
  });
  return { layer, milliseconds: Date.now() - started, ...counts };
}

/** A cluster for the time of the work; one that was running before is used, and left running. */
async function withCluster<T>(progress: Progress, work: () => Promise<T>): Promise<T> {
  const cluster = { name: DEFAULT_NAME };
  const before = await clusterStatus(cluster);
  try {
    await preparedNodes(progress);
    return await work();
  } finally {
    if (before.state !== 'running') await clusterDown(cluster, progress);
  }
}

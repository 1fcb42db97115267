import { dirname, join } from 'node:path';

import { preparedNodes } from '../test/e2e/nodes.ts';
import { buildBinaries, helmPath, kubectlPath } from './cluster/binaries.ts';
import { clusterDown, clusterUp } from './cluster/cluster.ts';
import { DEFAULT_NAME } from './cluster/options.ts';
import { parseDemoArguments, type DemoRequest } from './demo/arguments.ts';
import { installOperator } from './demo/install-operator.ts';
import { nextCommands } from './demo/next-commands.ts';
import { NAME, runPi, type PiRun } from './demo/run-pi.ts';
import { endWith } from './end-with.ts';
import { createProgress, seconds, type Progress } from '../terminal/progress.ts';
import { prepareMachine } from './setup/prepare-machine.ts';

const ROOT = join(import.meta.dirname, '..');

/** From whatever is there to the value of Pi: each step does nothing when it was done before. */
async function demo({ provider }: DemoRequest, progress: Progress): Promise<number> {
  const started = Date.now();
  progress.heading('1. What the machine needs');
  await prepareMachine(['cluster', 'images'], progress);
  await buildBinaries(progress, ['kubernetes', 'helm']);
  progress.heading('2. A cluster, with the images of this checkout');
  const choice = provider === undefined ? {} : { provider };
  await clusterUp({ name: DEFAULT_NAME, nodes: 1, controlPlane: false, ...choice }, progress);
  const nodes = await preparedNodes(progress);
  progress.heading('3. The operator');
  const hooks = await progress.step(
    'helm upgrade --install spark-operator charts/spark-operator',
    () => installOperator(nodes),
    '30 s',
  );
  for (const line of hooks) progress.say(line);
  progress.heading('4. A Spark application');
  const pi = await runPi(nodes.kubeconfig, progress);
  for (const line of resultLines(pi)) console.log(line);
  console.log(`\nAll of it took ${seconds(Date.now() - started)}. To try next:\n`);
  const folders = [dirname(kubectlPath()), dirname(helmPath())];
  const places = { kubeconfig: nodes.kubeconfig, folders, node: process.execPath, root: ROOT, application: NAME };
  for (const command of nextCommands(places)) console.log(`  ${command}`);
  return pi.completed && pi.pi !== undefined ? 0 : 1;
}

function resultLines({ completed, pi, executors, status, log }: PiRun): readonly string[] {
  const indented = status.map((line) => `  ${line}`);
  if (!completed || pi === undefined) return ['', 'The application did not compute Pi:', ...indented, log];
  return ['', ...indented, '', `Pi is roughly ${pi}`, `Executors: ${executors}`];
}

// npm run demo [-- --down]
await endWith(async () => {
  const request = parseDemoArguments(process.argv.slice(2));
  const progress = createProgress();
  if (!request.down) return demo(request, progress);
  await clusterDown({ name: DEFAULT_NAME }, progress);
  return 0;
});

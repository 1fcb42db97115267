import { endWith } from './end-with.ts';
import { interruptSignal } from './interrupts.ts';
import { parseTestArguments } from './layers/arguments.ts';
import type { LayerResult } from './layers/layer-result.ts';
import { runLayer } from './layers/run-layer.ts';
import { exitCode, layerLines, summaryLine } from './layers/summary.ts';
import { createProgress } from '../terminal/progress.ts';

// npm test [-- LAYER… [JEST ARGUMENT…]]: the layers in order. The last line of the output is "N passed, N failed".
await endWith(async () => {
  const { layers, jestArguments } = parseTestArguments(process.argv.slice(2));
  const progress = createProgress();
  const results: LayerResult[] = [];
  const signal = interruptSignal();
  for (const layer of layers) results.push(await runLayer(layer, { progress, jestArguments, signal }));
  progress.heading('Layers');
  for (const line of layerLines(results)) progress.say(line);
  console.log(summaryLine(results));
  return exitCode(results);
});

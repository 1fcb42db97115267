import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { kubectlPath } from '../../hack/cluster/binaries.ts';
import { run } from '../../hack/run.ts';
import { startWebhookCluster } from '../integration/webhook-harness.ts';
import { measureMutations, type MutationResult } from './webhook-mutations.ts';

/** For the usage text of the bench. */
export const webhookUsage = `Usage: npm run bench -- webhook [options]

Measures the webhook of this checkout on a control plane made for it: dry-run creates of pods at a fixed rate, each
answer checked for the application's fields.

  --rate N          pods per second (200)
  --seconds N       how long (60)
  --known N         applications that the webhook knows (100)
  --json FILE       write the result as JSON
`;

const options = {
  rate: { type: 'string', default: '200' },
  seconds: { type: 'string', default: '60' },
  known: { type: 'string', default: '100' },
  json: { type: 'string' },
} as const;

/** The sizes that Node chooses in a container with the chart's limit of 256 MiB; without one it takes its time with garbage. */
const IN_CONTAINER = '--max-old-space-size=128 --max-semi-space-size=1';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Runs the built webhook with the chart's arguments and prints the row. */
export async function benchWebhook(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ options, args: [...args] });
  say('Starting a control plane and the webhook');
  const cluster = await startWebhookCluster('bench-webhook', {
    entry: 'dist/webhook/main.js',
    nodeOptions: IN_CONTAINER,
  });
  try {
    // The first start made the certificate, which the chart's hook does otherwise; making keys costs memory once.
    await cluster.restart([]);
    const result = await measureMutations({
      client: cluster.client,
      namespace: await cluster.namespace(),
      rate: Number(values.rate),
      seconds: Number(values.seconds),
      apps: Number(values.known),
      pid: cluster.webhook.pid,
      webhookMetrics: () => cluster.webhook.metrics(),
      apiServerMetrics: async () =>
        (await run(kubectlPath(), ['--kubeconfig', cluster.kubeconfig, 'get', '--raw', '/metrics'])).stdout,
      say,
    });
    process.stdout.write(`${linesOf(result).join('\n')}\n`);
    if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result, undefined, 2)}\n`);
  } finally {
    await cluster.stop();
  }
}

const linesOf = (row: MutationResult): readonly string[] => [
  `pods                  ${row.pods} at ${row.rate}/s, ${row.unpatched} without their fields, ${row.failed} failed`,
  `webhook's histogram   p50 ${row.webhookMs.p50} ms, p99 ${row.webhookMs.p99} ms, mean ${row.webhookMs.mean} ms`,
  `API server's          mean ${row.apiServerMs.mean} ms, p99 ${row.apiServerMs.p99} ms`,
  `whole create          p50 ${row.createMs.p50} ms, p99 ${row.createMs.p99} ms, max ${row.createMs.max} ms`,
  `CPU                   ${row.cpuMsPerReview} ms a review`,
  `memory                ${row.rssMiB.idle} MiB before, ${row.rssMiB.highest} MiB at most`,
];

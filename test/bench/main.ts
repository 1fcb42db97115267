import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startControlPlane } from '../../hack/cluster/control-plane.ts';
import { kubectlPath } from '../../hack/cluster/binaries.ts';
import { run } from '../../hack/run.ts';
import { kubeClient } from '../../kube/client.ts';
import { loadKubeconfig } from '../../kube/kubeconfig.ts';
import { createTransport } from '../../kube/transport.ts';
import { installForProcess } from '../operator/install.ts';
import { startOperator } from '../operator/operator-process.ts';
import { measureLatency, type LatencyResult } from './latency.ts';
import { reportLines } from './report.ts';
import { benchWebhook, webhookUsage } from './webhook-main.ts';

const usage = `Usage: npm run bench -- latency [options]

Measures an operator that serves the SparkApplication CRD: from the creation of an application to its driver pod,
the rate it sustains, its CPU and memory, its calls to the API server, and runs lost or doubled.
Without --kubeconfig it starts a control plane and the operator of this checkout, with the chart's defaults.

  --apps N          applications of the first phase (100)
  --rate N          applications per second of the first phase (5)
  --burst N         applications of the second phase, created at once (200)
  --json FILE       write the result as JSON
  --kubeconfig F    measure the operator of this cluster, which must have no kubelet for the namespace
  --namespace N     where the applications go (default)
  --pids P,…        processes of that operator on this machine, for CPU and memory
`;

const options = {
  apps: { type: 'string', default: '100' },
  rate: { type: 'string', default: '5' },
  burst: { type: 'string', default: '200' },
  json: { type: 'string' },
  kubeconfig: { type: 'string' },
  namespace: { type: 'string', default: 'default' },
  pids: { type: 'string', default: '' },
  help: { type: 'boolean', default: false },
} as const;

interface Target {
  readonly kubeconfig: string;
  readonly pids: readonly number[];
  readonly stop: () => Promise<void>;
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new RangeError(`--${flag} must be a positive whole number, got "${text}"`);
}

/** A control plane of our own, and the operator on it as its image would run it: built, with the chart's arguments. */
async function ownTarget(): Promise<Target> {
  say('Starting a control plane');
  const plane = await startControlPlane({ name: 'bench' });
  try {
    const installation = await installForProcess(plane.kubeconfig);
    const { credentials } = await loadKubeconfig({ path: plane.kubeconfig });
    say('Starting the operator');
    const operator = await startOperator({
      server: plane.server,
      ca: credentials.ca ?? '',
      installation,
      entry: 'dist/controller/main.js',
    });
    const stop = async (): Promise<void> => {
      await operator.stop();
      await plane.stop();
    };
    return { kubeconfig: plane.kubeconfig, pids: [operator.pid], stop };
  } catch (error) {
    await plane.stop();
    throw error;
  }
}

async function latency(values: Record<string, string | boolean | undefined>): Promise<LatencyResult> {
  const text = (flag: keyof typeof options): string => String(values[flag] ?? '');
  const pids = text('pids')
    .split(',')
    .filter((pid) => pid !== '')
    .map((pid) => positive('pids', pid));
  const target =
    values['kubeconfig'] === undefined
      ? await ownTarget()
      : { kubeconfig: text('kubeconfig'), pids, stop: () => Promise.resolve() };
  const transport = createTransport(await loadKubeconfig({ path: target.kubeconfig }));
  try {
    return await measureLatency({
      client: kubeClient(transport),
      namespace: text('namespace'),
      apps: positive('apps', text('apps')),
      rate: positive('rate', text('rate')),
      burst: positive('burst', text('burst')),
      pids: target.pids,
      say,
      apiServerMetrics: async () =>
        (await run(kubectlPath(), ['--kubeconfig', target.kubeconfig, 'get', '--raw', '/metrics'])).stdout,
    });
  } finally {
    await transport.close();
    await target.stop();
  }
}

async function main(): Promise<void> {
  if (process.argv[2] === 'webhook') {
    await benchWebhook(process.argv.slice(3));
    return;
  }
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help || positionals[0] !== 'latency') {
    process.stdout.write(`${usage}\n${webhookUsage}`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const result = await latency(values);
  process.stdout.write(`${reportLines(result).join('\n')}\n`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result, undefined, 2)}\n`);
}

await main();

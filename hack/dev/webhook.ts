import { objectsOf, render } from '../../test/integration/chart.ts';
import { applyCrds } from '../../test/operator/apply-crds.ts';
import { buildBinaries, kubectlPath } from '../cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../cluster/control-plane.ts';
import { freePorts } from '../cluster/free-ports.ts';
import type { Progress } from '../../terminal/progress.ts';
import { run } from '../run.ts';
import { runFromSource } from './run-from-source.ts';
import { NAMESPACE, webhookArguments, webhookObjects } from './webhook-objects.ts';

/**
 * The webhook from source, called by an API server of its own that goes with it. It has no nodes: what the webhook does to pods and
 * to our kinds is seen in the answers of kubectl. A pod of the demo's cluster could not be called here: its API server cannot reach
 * this machine.
 */
export async function devWebhook(flags: readonly string[], progress: Progress): Promise<number> {
  await buildBinaries(progress, ['kubernetes', 'helm']);
  const plane = await progress.step('Starting an API server for the webhook', () => startControlPlane({ name: 'dev' }));
  try {
    const [port = 0, metrics = 0, health = 0] = await freePorts(3);
    const chart = objectsOf(await render({ spark: { jobNamespaces: [''] } }));
    await progress.step('Applying the CRDs and the webhook configurations', () =>
      install(plane, webhookObjects(chart, port)),
    );
    progress.say(`export KUBECONFIG=${plane.kubeconfig} PATH="${kubectlPath().replace(/\/kubectl$/, '')}:$PATH"`);
    progress.say('kubectl apply --dry-run=server -o yaml -f examples/spark-pi-python.yaml');
    progress.say('Starting the webhook from source; Ctrl-C ends it and its API server');
    const own = [
      ...['--kubeconfig', plane.kubeconfig, '--webhook-port', `${port}`, '--log-encoder', 'console'],
      ...['--metrics-bind-address', `127.0.0.1:${metrics}`, '--health-probe-bind-address', `127.0.0.1:${health}`],
      ...['--shutdown-delay', '0s'],
    ];
    const node = [
      '--watch',
      '--watch-preserve-output',
      'webhook/main.ts',
      ...webhookArguments(chart),
      ...own,
      ...flags,
    ];
    return await runFromSource(node, { POD_NAMESPACE: NAMESPACE, POD_NAME: `dev-${process.pid}` });
  } finally {
    await plane.stop();
  }
}

async function install({ kubeconfig }: ControlPlane, items: readonly object[]): Promise<void> {
  await applyCrds(kubeconfig);
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  await run(kubectlPath(), ['--kubeconfig', kubeconfig, 'apply', '-f', '-'], { input });
}

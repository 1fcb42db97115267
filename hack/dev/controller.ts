import { kubectlPath } from '../cluster/binaries.ts';
import { clusterStatus } from '../cluster/cluster.ts';
import { DEFAULT_NAME } from '../cluster/options.ts';
import { RELEASE } from '../demo/install-operator.ts';
import type { Progress } from '../../terminal/progress.ts';
import { run } from '../run.ts';
import { controllerCommand } from './controller-command.ts';
import { runFromSource } from './run-from-source.ts';

const DEPLOYMENT = `deployment/${RELEASE}-controller`;

/** The controller from source against the cluster of the demo. The one inside the cluster is scaled to 0 for that time. */
export async function devController(flags: readonly string[], progress: Progress): Promise<number> {
  const { state, kubeconfig } = await clusterStatus({ name: DEFAULT_NAME });
  if (state !== 'running' || kubeconfig === undefined) {
    throw new Error('No cluster is running. Make one, with the operator in it:  npm run demo');
  }
  const scale = (replicas: number): Promise<unknown> =>
    run(kubectlPath(), ['--namespace', RELEASE, 'scale', DEPLOYMENT, `--replicas=${replicas}`], {
      env: { KUBECONFIG: kubeconfig },
    });
  await progress.step('Stopping the controller in the cluster', () => scale(0));
  progress.say('Starting the controller from source; Ctrl-C brings the other one back');
  try {
    const env = { POD_NAMESPACE: RELEASE, POD_NAME: `dev-${process.pid}` };
    return await runFromSource(controllerCommand(kubeconfig, flags), env);
  } finally {
    await progress.step('Bringing the controller in the cluster back', () => scale(1));
  }
}

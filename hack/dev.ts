import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { kubectlPath } from './cluster/binaries.ts';
import { clusterStatus } from './cluster/cluster.ts';
import { DEFAULT_NAME } from './cluster/options.ts';
import { controllerCommand } from './demo/controller-command.ts';
import { RELEASE } from './demo/install-operator.ts';
import { endWith } from './end-with.ts';
import { createProgress } from './progress.ts';
import { run } from './run.ts';

const ROOT = join(import.meta.dirname, '..');
const DEPLOYMENT = `deployment/${RELEASE}-controller`;

// npm run dev [-- CONTROLLER FLAGS]: the controller from source against the running cluster of the demo, restarted on every
// change. The one inside the cluster is scaled to 0 for that time.
await endWith(async () => {
  const progress = createProgress();
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
    return await watchController(controllerCommand(kubeconfig, process.argv.slice(2)));
  } finally {
    await progress.step('Bringing the controller in the cluster back', () => scale(1));
  }
});

/** Ends with the controller. A Ctrl-C of the terminal reaches it as well; this process goes on, to tidy up. */
function watchController(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, POD_NAMESPACE: RELEASE, POD_NAME: `dev-${process.pid}` };
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env });
    const stop = (): void => void child.kill('SIGTERM');
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 0));
  });
}

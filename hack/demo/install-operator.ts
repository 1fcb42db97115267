import { join } from 'node:path';

import type { PreparedNodes } from '../../test/e2e/nodes.ts';
import { helmPath, kubectlPath } from '../cluster/binaries.ts';
import { CommandError, run } from '../run.ts';

const CHART = join(import.meta.dirname, '../../charts/spark-operator');

/** Release and namespace of the operator. */
export const RELEASE = 'spark-operator';

/** Installs or upgrades the chart with the image of this checkout, for applications in the namespace `default`. */
export async function installOperator({ kubeconfig, operatorImage, operatorKey }: PreparedNodes): Promise<void> {
  const env = { KUBECONFIG: kubeconfig };
  // Helm installs the CRDs of a chart once and never upgrades them.
  await run(kubectlPath(), ['apply', '--server-side', '--force-conflicts', '-f', join(CHART, 'crds')], { env });
  const [repository = '', tag = ''] = operatorImage.split(/:(?=[^:/]+$)/);
  const values = {
    image: { registry: '', repository, tag },
    // The tag stays the same when the image changes; the key makes the pods new.
    controller: { annotations: { 'spark-operator/image-key': operatorKey } },
    spark: { jobNamespaces: ['default'] },
  };
  const flags = Object.entries(values).flatMap(([name, value]) => ['--set-json', `${name}=${JSON.stringify(value)}`]);
  const target = ['--namespace', RELEASE, '--create-namespace', '--wait', '--timeout', '3m'];
  try {
    await run(helmPath(), ['upgrade', '--install', RELEASE, CHART, ...target, ...flags], { env });
  } catch (error) {
    throw await withLog(error, env);
  }
}

/** Adds the last words of the controller to the failure of its installation. */
async function withLog(cause: unknown, env: Readonly<Record<string, string>>): Promise<Error> {
  const args = ['--namespace', RELEASE, 'logs', `deployment/${RELEASE}-controller`, '--tail', '20'];
  const log = await run(kubectlPath(), args, { env }).catch(() => ({ stdout: 'The controller has written no log' }));
  const message = cause instanceof CommandError ? cause.message : String(cause);
  return new Error(`${message}\n${log.stdout}`, { cause });
}

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
  const [repository = '', tag = ''] = operatorImage.split(/:(?=[^:/]+$)/);
  // The tag stays the same when the image changes; the key makes the pods new.
  const annotations = { 'spark-operator/image-key': operatorKey };
  const values = {
    image: { registry: '', repository, tag },
    controller: { annotations },
    webhook: { annotations },
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

/** Adds the last words of controller, webhook and hooks to the failure of the installation. */
async function withLog(cause: unknown, env: Readonly<Record<string, string>>): Promise<Error> {
  const selector = `app.kubernetes.io/instance=${RELEASE}`;
  const args = ['--namespace', RELEASE, 'logs', '--selector', selector, '--all-containers', '--prefix', '--tail', '20'];
  const log = await run(kubectlPath(), args, { env }).catch(() => ({ stdout: 'The operator has written no log' }));
  const message = cause instanceof CommandError ? cause.message : String(cause);
  return new Error(`${message}\n${log.stdout}`, { cause });
}

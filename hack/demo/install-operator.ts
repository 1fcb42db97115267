import { join } from 'node:path';

import type { PreparedNodes } from '../../test/e2e/nodes.ts';
import { helmPath, kubectlPath } from '../cluster/binaries.ts';
import { contentKey } from '../images/content-key.ts';
import { CommandError, run } from '../run.ts';
import { isInstalled, KEY_ANNOTATION } from './is-installed.ts';

const CHART = join(import.meta.dirname, '../../charts/spark-operator');

/** Release and namespace of the operator. */
export const RELEASE = 'spark-operator';

/**
 * Installs or upgrades the chart with the image of this checkout, for applications in the namespace `default`, unless that was done
 * before. Returns what there is to say about it: what the hooks of the chart said, a line each.
 */
export async function installOperator(nodes: PreparedNodes): Promise<readonly string[]> {
  const { kubeconfig, operatorImage, operatorKey } = nodes;
  const env = { KUBECONFIG: kubeconfig };
  const [repository = '', tag = ''] = operatorImage.split(/:(?=[^:/]+$)/);
  // The tag stays the same when the image changes; the key makes the pods new.
  const chartKey = await contentKey({ root: CHART, paths: ['.'], values: [] });
  const key = `${operatorKey} ${chartKey}`;
  if (await isInstalled(RELEASE, key, env))
    return ['image and chart are those of the last time: the operator is left as it runs'];
  const annotations = { [KEY_ANNOTATION]: key };
  const values = {
    image: { registry: '', repository, tag },
    controller: { annotations },
    webhook: { annotations },
    spark: { jobNamespaces: ['default'] },
  };
  const flags = Object.entries(values).flatMap(([name, value]) => ['--set-json', `${name}=${JSON.stringify(value)}`]);
  const target = ['--namespace', RELEASE, '--create-namespace', '--wait', '--timeout', '3m'];
  try {
    const { stdout, stderr } = await run(helmPath(), ['upgrade', '--install', RELEASE, CHART, ...target, ...flags], {
      env,
    });
    return hookMessages(stdout + stderr);
  } catch (error) {
    throw await withLog(error, env);
  }
}

/** What the hooks said, in the order in which they ran, out of their logs as Helm prints them: a line of JSON each, the last first. */
export const hookMessages = (printed: string): readonly string[] =>
  printed
    .split('\n')
    .filter((line) => line.startsWith('{"hook":'))
    .map((line) => {
      // hooks/report.ts writes these lines.
      const { hook, message } = JSON.parse(line) as { readonly hook: string; readonly message: string };
      return `${hook}: ${message}`;
    })
    .toReversed();

/** Adds the last words of controller, webhook and hooks to the failure of the installation. */
async function withLog(cause: unknown, env: Readonly<Record<string, string>>): Promise<Error> {
  const selector = `app.kubernetes.io/instance=${RELEASE}`;
  const args = ['--namespace', RELEASE, 'logs', '--selector', selector, '--all-containers', '--prefix', '--tail', '20'];
  const log = await run(kubectlPath(), args, { env }).catch(() => ({ stdout: 'The operator has written no log' }));
  const message = cause instanceof CommandError ? cause.message : String(cause);
  return new Error(`${message}\n${log.stdout}`, { cause });
}

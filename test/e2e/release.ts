import { join } from 'node:path';

import { cacheDir } from '../../hack/cache.ts';
import { helmPath } from '../../hack/cluster/binaries.ts';
import { withLock } from '../../hack/cluster/lock.ts';
import { CommandError, run } from '../../hack/run.ts';
import { kubectlFor, type Kubectl } from './kubectl.ts';
import { preparedNodes, type PreparedNodes } from './nodes.ts';
import { SPARK_IMAGE } from './pi.ts';
import { start, type Running } from './program.ts';

/** Values of the chart, section by section. */
type Fields = Readonly<Record<string, object>>;

const ROOT = join(import.meta.dirname, '../..');

export const CHART = join(ROOT, 'charts/spark-operator');

/** The namespaces whose applications the shared release runs: one for each file of tests, so that they do not meet. */
export const JOB_NAMESPACES = ['default', 'cli', 'bad-input', 'spark-3-5'] as const;

/** A cluster with the images loaded and this version's CRDs. */
export interface Prepared {
  readonly kubectl: Kubectl;
  /** What a helm command prints; the log of a test comes on standard error. */
  readonly helm: (args: readonly string[]) => Promise<string>;
  readonly sparkctl: (args: readonly string[]) => Running;
  /** Makes namespaces that are not there, and waits until pods can be made in them. */
  readonly ensureNamespaces: (names: readonly string[]) => Promise<void>;
  /** `helm` flags that select the built images, these job namespaces, and more values. */
  readonly values: (jobNamespaces: readonly string[], more?: Fields) => readonly string[];
}

/** Makes what is missing: the first call on a machine takes minutes, the next ones seconds. */
export async function preparedCluster(): Promise<Prepared> {
  const nodes = await preparedNodes();
  const { kubeconfig } = nodes;
  const kubectl = kubectlFor(kubeconfig);
  await kubectl.text(['apply', '--server-side', '--force-conflicts', '-f', join(CHART, 'crds')]);
  return {
    kubectl,
    helm: async (args) => {
      const { stdout, stderr } = await run(helmPath(), args, { env: { KUBECONFIG: kubeconfig } });
      return stdout + stderr;
    },
    sparkctl: (args) => start(join(ROOT, 'sparkctl/main.ts'), args, kubeconfig),
    ensureNamespaces: (names) => ensureNamespaces(kubectl, names),
    values: (jobNamespaces, more = {}) => valuesOf(nodes, jobNamespaces, more),
  };
}

/** The release that most files of tests share. An unchanged one is left as it runs; of two files at once one waits. */
export function sharedRelease(): Promise<Prepared> {
  const onWait = (): void => void process.stderr.write('Waiting for another file to install the shared release\n');
  return withLock(cacheDir('clusters', 'shared-release.lock'), installShared, onWait);
}

async function installShared(): Promise<Prepared> {
  const cluster = await preparedCluster();
  await cluster.ensureNamespaces(JOB_NAMESPACES);
  const namespace = ['--namespace', 'spark-operator', '--create-namespace'];
  // The CRDs are applied already, and each file of tests comes by here: the chart's own test runs the hooks.
  const values = cluster.values(JOB_NAMESPACES, { hook: { enable: false } });
  try {
    await cluster.helm([
      ...['upgrade', '--install', 'spark-operator', CHART],
      ...namespace,
      ...values,
      '--wait',
      '--timeout',
      '2m',
    ]);
  } catch (error) {
    throw await withStory(cluster.kubectl, error);
  }
  return cluster;
}

function valuesOf(
  { operatorImage, operatorKey }: PreparedNodes,
  jobNamespaces: readonly string[],
  more: Fields,
): readonly string[] {
  // The tag stays the same when the image changes; the key makes the pods new.
  const annotations = { 'spark-operator/image-key': operatorKey };
  const values = {
    image: imageValues(operatorImage),
    controller: { annotations, driverStartGrace: '10s', logLevel: 'debug' },
    spark: { jobNamespaces },
    test: { image: imageValues(SPARK_IMAGE) },
    ...more,
    webhook: { annotations, ...more['webhook'] },
  };
  return Object.entries(values).flatMap(([key, value]) => ['--set-json', `${key}=${JSON.stringify(value)}`]);
}

/** An image reference as the chart takes it: the registry is part of the repository here. */
function imageValues(reference: string): object {
  const [repository = '', tag = ''] = reference.split(/:(?=[^:/]+$)/);
  return { registry: '', repository, tag };
}

async function ensureNamespaces(kubectl: Kubectl, names: readonly string[]): Promise<void> {
  const items = names.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  await kubectl.text(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  const wait = ['wait', '--for=create', 'serviceaccount/default', 'configmap/kube-root-ca.crt', '--timeout', '30s'];
  await Promise.all(names.map((name) => kubectl.text(['-n', name, ...wait])));
}

/** Adds what controller and webhook say to the failure of its installation. */
async function withStory(kubectl: Kubectl, cause: unknown): Promise<Error> {
  const ask = (args: readonly string[]): Promise<string> =>
    kubectl.text(['-n', 'spark-operator', ...args]).catch((error: unknown) => String(error));
  const pods = await ask(['describe', 'pods']);
  const logs = await Promise.all(
    ['controller', 'webhook'].map((name) => ask(['logs', `deployment/spark-operator-${name}`, '--tail', '50'])),
  );
  const message = cause instanceof CommandError ? cause.message : String(cause);
  return new Error([message, pods, ...logs].join('\n'), { cause });
}

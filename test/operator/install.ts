import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { helmPath, kubectlPath } from '../../hack/cluster/binaries.ts';
import { VERSIONS } from '../../hack/cluster/versions.ts';
import { run } from '../../hack/run.ts';
import { applyCrds } from './apply-crds.ts';

/** What the chart, with its default values, gives a controller that runs as a bare process. */
export interface Installation {
  /** Arguments of the controller's container. */
  readonly args: readonly string[];
  readonly namespace: string;
  /** A token of the controller's service account, with the chart's RBAC and no more. */
  readonly token: string;
}

const root = join(import.meta.dirname, '../..');
const RELEASE = 'spark-operator';
const NAMESPACE = 'spark-operator';

/** Only what a process outside the cluster needs of the chart: its rights, and Spark's service account. */
const KEPT = new Set(['ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding']);

interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly template?: {
      readonly spec?: {
        readonly serviceAccountName?: string;
        readonly containers?: readonly { readonly args?: readonly string[] }[];
      };
    };
  };
}

/** The chart with its default values, as objects; helm rendered them from our own chart, so each is a Kubernetes object. */
async function renderChart(values: readonly string[]): Promise<readonly Rendered[]> {
  const sets = values.flatMap((value) => ['--set', value]);
  const chart = join(root, 'charts/spark-operator');
  const target = ['--namespace', NAMESPACE, '--kube-version', VERSIONS.kubernetes];
  const { stdout } = await run(helmPath(), ['template', RELEASE, chart, ...target, ...sets]);
  return parseAllDocuments(stdout)
    .map((document) => document.toJS() as Rendered | null)
    .filter((object) => object !== null);
}

const isKept = ({ kind, metadata }: Rendered): boolean =>
  KEPT.has(kind) && metadata.annotations?.['helm.sh/hook'] === undefined;

/**
 * Applies CRDs and RBAC of the chart to a cluster without nodes, and reads the controller's arguments from the rendered
 * Deployment, so that tests and the benchmark run the operator as the chart would.
 * @param values `--set` pairs for helm
 */
export async function installForProcess(kubeconfig: string, values: readonly string[] = []): Promise<Installation> {
  const kubectl = (args: readonly string[], input?: object): Promise<{ stdout: string }> =>
    run(kubectlPath(), ['--kubeconfig', kubeconfig, ...args], {
      input: input === undefined ? '' : JSON.stringify(input),
    });
  const objects = await renderChart(values);
  const pod = objects.find(({ kind }) => kind === 'Deployment')?.spec?.template?.spec;
  if (pod?.serviceAccountName === undefined) {
    throw new Error('The chart renders no controller Deployment with a serviceAccountName');
  }
  await applyCrds(kubeconfig);
  await kubectl(['apply', '-f', '-'], { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  await kubectl(['apply', '-f', '-'], {
    apiVersion: 'v1',
    kind: 'List',
    items: objects.filter(isKept),
  });
  const token = await kubectl(['create', 'token', pod.serviceAccountName, '-n', NAMESPACE, '--duration', '2h']);
  return { args: pod.containers?.[0]?.args ?? [], namespace: NAMESPACE, token: token.stdout.trim() };
}

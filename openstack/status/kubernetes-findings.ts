import type { KubernetesObject } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { ok, problem, warning, type Finding } from '../doctor/finding.ts';
import type { HistoryAddress } from '../spark-install/history-address.ts';
import type { InClusterState } from '../spark-install/in-cluster-state.ts';

/** What is read of a node: the API server guarantees the shape. */
export interface SeenNode extends KubernetesObject {
  readonly spec?: { readonly unschedulable?: boolean };
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[];
    readonly nodeInfo?: { readonly kubeletVersion?: string };
  };
}

export interface NodeFacts {
  readonly total: number;
  readonly ready: number;
  /** Names of those that are not. */
  readonly notReady: readonly string[];
  readonly cordoned: readonly string[];
}

export function nodeFacts(nodes: readonly SeenNode[]): NodeFacts {
  const isReady = ({ status }: SeenNode): boolean =>
    status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true;
  const named = (those: readonly SeenNode[]): readonly string[] => those.map(({ metadata }) => metadata?.name ?? '');
  const notReady = named(nodes.filter((node) => !isReady(node)));
  return {
    total: nodes.length,
    ready: nodes.length - notReady.length,
    notReady,
    cordoned: named(nodes.filter(({ spec }) => spec?.unschedulable === true)),
  };
}

export function nodeFinding({ total, ready, notReady, cordoned }: NodeFacts): Finding {
  const resting = cordoned.length === 0 ? '' : `; cordoned: ${few(cordoned)}`;
  const said = `${ready} of ${total} ready${notReady.length === 0 ? '' : `; not: ${few(notReady)}`}${resting}`;
  if (ready === 0) return problem('nodes', said, 'kubectl describe nodes');
  return notReady.length > 0 || cordoned.length > 0 ? warning('nodes', said, 'kubectl get nodes') : ok('nodes', said);
}

const few = (names: readonly string[]): string =>
  names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;

/** What is read of a Deployment of ours. */
export interface SeenDeployment extends KubernetesObject {
  readonly spec?: { readonly replicas?: number };
  readonly status?: { readonly readyReplicas?: number };
}

/** A program of the chart in the cluster. */
export interface ProgramFacts {
  readonly namespace: string;
  readonly release: string;
  readonly component: string;
  readonly version: string;
  readonly replicas: number;
  readonly ready: number;
}

/** The Deployments of our chart among those that carry a component's label. */
export const programFacts = (deployments: readonly SeenDeployment[]): readonly ProgramFacts[] =>
  deployments.filter((one) => labelOf(one, 'helm.sh/chart').startsWith('spark-operator-')).map(programOf);

const programOf = (deployment: SeenDeployment): ProgramFacts => ({
  namespace: deployment.metadata?.namespace ?? '',
  release: labelOf(deployment, 'app.kubernetes.io/instance'),
  component: labelOf(deployment, 'app.kubernetes.io/component'),
  version: labelOf(deployment, 'app.kubernetes.io/version'),
  replicas: deployment.spec?.replicas ?? 1,
  ready: deployment.status?.readyReplicas ?? 0,
});

const labelOf = ({ metadata }: SeenDeployment, name: string): string => metadata?.labels?.[name] ?? '';

/** A line for each program; one line when there is no operator at all. */
export function programFindings(programs: readonly ProgramFacts[], cluster: string): readonly Finding[] {
  if (programs.length === 0)
    return [warning('operator', 'not installed', `opsparkctl create spark --cluster ${cluster}`)];
  return programs.map(programFinding);
}

const NAMES: Readonly<Record<string, string>> = { controller: 'operator', 'history-server': 'history server' };

function programFinding({ component, namespace, release, version, replicas, ready }: ProgramFacts): Finding {
  const check = NAMES[component] ?? component;
  const said = `${ready} of ${replicas} pods ready, version ${version}, release ${release} in ${namespace}`;
  const remedy = `kubectl -n ${namespace} get pods`;
  if (replicas === 0) return warning(check, said, 'it is scaled to no pods');
  if (ready === 0) return problem(check, said, remedy);
  return ready < replicas ? warning(check, said, remedy) : ok(check, said);
}

/** How many applications are in which state. */
export function applicationCounts(applications: readonly SparkApplication[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of applications) {
    const state = status?.applicationState?.state ?? '';
    const shown = state === '' ? 'NEW' : state;
    counts[shown] = (counts[shown] ?? 0) + 1;
  }
  return counts;
}

/** Failed applications are their owners' matter, not the cluster's. */
export function applicationFinding(counts: Readonly<Record<string, number>>): Finding {
  const shown = Object.entries(counts).toSorted(([a], [b]) => a.localeCompare(b));
  return ok(
    'applications',
    shown.length === 0 ? 'none' : shown.map(([state, count]) => `${count} ${state}`).join(', '),
  );
}

export function historyFinding(history: HistoryAddress | undefined): Finding {
  if (history === undefined) return ok('history', 'no history server');
  const { url, how, type } = history;
  return ok('history', [url ?? type, how].filter((text) => text !== '').join(': '));
}

export function storageFinding(state: InClusterState | undefined): Finding {
  if (state?.bucket === undefined) return ok('storage', 'no bucket of ours');
  const place = state.endpoint === undefined ? '' : ` at ${state.endpoint}`;
  return ok('storage', `bucket ${state.bucket}${place}`);
}

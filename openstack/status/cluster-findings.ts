import { ok, problem, warning, type Finding } from '../doctor/finding.ts';
import type { Cluster, NodeGroup } from '../container-infra/magnum.ts';
import { exitCode } from '../exit-code.ts';
import { summaryOf } from './cluster-table.ts';

/** What Magnum says of a cluster: its state, and its health where Magnum watches it. */
export function clusterFindings(cluster: Cluster): readonly Finding[] {
  return [stateFinding(cluster), ...healthFindings(cluster)];
}

function stateFinding(cluster: Cluster): Finding {
  const { name, status, status_reason: reason } = cluster;
  const { version, masters, nodes } = summaryOf(cluster);
  const said = `${status}, Kubernetes ${version ?? 'of unknown version'}, ${masters} + ${nodes} nodes`;
  if (status.endsWith('_FAILED'))
    return problem(
      'cluster',
      [said, reason ?? '', ...faultsOf(cluster)].filter((text) => text !== '').join('; '),
      status === 'CREATE_FAILED' ? `opsparkctl delete kube ${name}, and create it again` : undefined,
      exitCode.clusterFailed,
    );
  if (status.endsWith('_COMPLETE')) return ok('cluster', said);
  const remedy = status === 'CREATE_IN_PROGRESS' ? `opsparkctl create kube ${name} waits for it` : undefined;
  return warning('cluster', said, remedy);
}

const faultsOf = ({ faults }: Cluster): readonly string[] =>
  Object.entries(faults ?? {}).map(([group, fault]) => `${group}: ${fault}`);

/** Heat's clusters are only watched where the API server can be reached by Magnum: no health is no bad one. */
function healthFindings({ health_status: health, health_status_reason: reasons }: Cluster): readonly Finding[] {
  if (health === undefined || health === null || health === 'UNKNOWN') return [];
  if (health === 'HEALTHY') return [ok('health', health)];
  const ill = Object.entries(reasons ?? {}).filter(([, text]) => !['ok', 'true'].includes(text.toLowerCase()));
  const said = [health, ...ill.map(([what, text]) => `${what}: ${text}`)].join('; ');
  return [problem('health', said, 'look at the nodes: kubectl get nodes')];
}

/** A group of nodes, for programs. */
export interface NodeGroupFacts {
  readonly name: string;
  readonly role: string;
  readonly nodes: number;
  readonly status: string;
  readonly statusReason: string | null;
}

export const nodeGroupFacts = ({
  name,
  role,
  node_count: nodes,
  status,
  status_reason: reason,
}: NodeGroup): NodeGroupFacts => ({
  name,
  role,
  nodes,
  status,
  statusReason: reason ?? null,
});

/** A line for each group of nodes. */
export const nodeGroupFindings = (groups: readonly NodeGroupFacts[]): readonly Finding[] =>
  groups.map(({ name, role, nodes, status, statusReason }) => {
    const said = `${name} (${role}): ${nodes} ${nodes === 1 ? 'node' : 'nodes'}, ${status}`;
    if (status.endsWith('_FAILED'))
      return problem('node group', statusReason === null ? said : `${said}; ${statusReason}`);
    return status.endsWith('_COMPLETE') ? ok('node group', said) : warning('node group', said);
  });

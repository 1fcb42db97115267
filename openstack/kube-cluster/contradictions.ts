import type { Cluster } from '../container-infra/magnum.ts';
import type { ClusterWishes } from './cluster-wishes.ts';

/**
 * Where a cluster that exists is otherwise than wished: nothing but what was wished is compared. Node counts may have been
 * changed since by a resize; then the person has to say which one is meant.
 * @param templateUuid of the wished template
 */
export function contradictions(
  cluster: Cluster,
  wishes: ClusterWishes,
  templateUuid: string | undefined,
): readonly string[] {
  const facts: readonly (readonly [string, string | number | null | undefined, string | number | undefined])[] = [
    ['template', cluster.cluster_template_id, templateUuid],
    ['nodes', cluster.node_count, wishes.nodeCount],
    ['masters', cluster.master_count, wishes.masterCount],
    ['keypair', cluster.keypair, wishes.keypair],
    ...Object.entries(wishes.labels).map(
      ([name, value]) => [`label ${name}`, cluster.labels?.[name] ?? undefined, value] as const,
    ),
  ];
  return facts.flatMap(([what, is, wished]) =>
    wished === undefined || is === wished ? [] : [`${what}: it has ${is ?? 'none'}, wished is ${wished}`],
  );
}

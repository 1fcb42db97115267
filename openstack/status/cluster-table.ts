import { age } from '../../terminal/duration.ts';
import { palette } from '../../terminal/palette.ts';
import { table } from '../../terminal/table.ts';
import type { Cluster } from '../container-infra/magnum.ts';

/** What a list shows of a cluster, for programs. */
export interface ClusterSummary {
  readonly name: string;
  readonly uuid: string;
  readonly status: string;
  readonly health: string | null;
  readonly masters: number;
  readonly nodes: number;
  readonly version: string | null;
  readonly createdAt: string | null;
}

/** The summary of a cluster. Its version is what runs, else what was ordered. */
export const summaryOf = (cluster: Cluster): ClusterSummary => ({
  name: cluster.name,
  uuid: cluster.uuid,
  status: cluster.status,
  health: cluster.health_status ?? null,
  masters: cluster.master_count,
  nodes: cluster.node_count,
  version: cluster.coe_version ?? cluster.labels?.['kube_tag'] ?? null,
  createdAt: cluster.created_at ?? null,
});

/** The clusters of a project as a table. */
export function clusterTable(clusters: readonly Cluster[], now: Date, colour: boolean): readonly string[] {
  const rows = clusters
    .map(summaryOf)
    .map(({ name, uuid, status, health, masters, nodes, version, createdAt }) => [
      name,
      uuid,
      paintStatus(status, colour),
      health ?? '',
      `${masters}+${nodes}`,
      version ?? '',
      age(createdAt, now),
    ]);
  return table(['NAME', 'UUID', 'STATUS', 'HEALTH', 'NODES', 'VERSION', 'AGE'], rows);
}

function paintStatus(status: string, colour: boolean): string {
  const { good, busy, bad } = palette(colour);
  return (status.endsWith('_FAILED') ? bad : status.endsWith('_COMPLETE') ? good : busy)(status);
}

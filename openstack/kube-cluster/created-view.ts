import { table } from '../../terminal/table.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { Cluster, ClusterOrder } from '../container-infra/magnum.ts';
import { type OutputFormat, printResult } from '../output.ts';
import type { Access } from './write-access.ts';

export interface CreatedView {
  readonly cluster: Cluster;
  readonly access?: Access | undefined;
}

/** The result of `create kube`. */
export function printCluster(
  terminal: Terminal,
  format: OutputFormat,
  { cluster, access }: CreatedView,
): Promise<void> {
  const {
    name,
    uuid,
    status,
    node_count: nodes,
    master_count: masters,
    coe_version: version,
    api_address: api,
  } = cluster;
  const value = {
    name,
    uuid,
    status,
    nodes,
    masters,
    version: version ?? null,
    apiAddress: api ?? null,
    kubeconfig: access === undefined ? null : { file: access.file, context: access.context },
  };
  const cells = [name, uuid, status, `${nodes}+${masters}`, version ?? '', access?.context ?? ''];
  return printResult(
    terminal,
    format,
    value,
    table(['NAME', 'UUID', 'STATUS', 'NODES+MASTERS', 'VERSION', 'CONTEXT'], [cells]),
  );
}

/** What `create kube --dry-run` would send. */
export function printOrder(terminal: Terminal, format: OutputFormat, order: ClusterOrder): Promise<void> {
  const rows = Object.entries(order).map(([field, value]) => [field, cellOf(value)]);
  return printResult(terminal, format, order, table(['FIELD', 'VALUE'], rows));
}

const cellOf = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([key, one]) => `${key}=${String(one)}`)
        .join(', ')
    : String(value);

import type { ClusterRecord, NodeGroupRecord, Operation } from './records.ts';

/** What a look of the conductor at the backend finds out about a cluster. */
export type Progress =
  | { readonly kind: 'waiting' }
  /** The cluster and its groups of nodes as they are now. */
  | { readonly kind: 'changed'; readonly cluster: ClusterRecord; readonly nodeGroups: readonly NodeGroupRecord[] }
  | { readonly kind: 'gone' };

/**
 * The states that the fake has:
 *
 * ```
 * CREATE_IN_PROGRESS ─► CREATE_COMPLETE ─► UPDATE_IN_PROGRESS ─► UPDATE_COMPLETE
 *         │                                        └─► UPDATE_FAILED
 *         └─► CREATE_FAILED          any ─► DELETE_IN_PROGRESS ─► (gone) or DELETE_FAILED
 * ```
 */
export function progressOf(cluster: ClusterRecord, nodeGroups: readonly NodeGroupRecord[], nowMs: number): Progress {
  const { operation } = cluster;
  if (operation?.dueMs === undefined || operation.dueMs > nowMs) return { kind: 'waiting' };
  if (operation.failure !== undefined) return failed(cluster, nodeGroups, operation, nowMs);
  if (operation.kind === 'DELETE') return { kind: 'gone' };
  const status = `${operation.kind}_COMPLETE`;
  return {
    kind: 'changed',
    cluster: { ...cluster, status, statusReason: undefined, faults: {}, operation: undefined, updatedMs: nowMs },
    nodeGroups: nodeGroups.map((group) => ({ ...group, status, nodeCount: group.wantedCount })),
  };
}

function failed(
  cluster: ClusterRecord,
  nodeGroups: readonly NodeGroupRecord[],
  { kind, failure }: Operation,
  nowMs: number,
): Progress {
  const status = `${kind}_FAILED`;
  const faults = failure?.faults ?? {};
  return {
    kind: 'changed',
    cluster: { ...cluster, status, statusReason: failure?.reason, faults, operation: undefined, updatedMs: nowMs },
    nodeGroups: nodeGroups.map((group) => ({ ...group, status })),
  };
}

const RESIZABLE = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'ROLLBACK_COMPLETE',
  'UPDATE_FAILED',
  'UPDATE_IN_PROGRESS',
]);

/** Magnum accepts every resize and drops those that come in another status, without a word. */
export const acceptsResize = (status: string): boolean => RESIZABLE.has(status);

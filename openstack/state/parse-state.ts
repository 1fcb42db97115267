import { UserError } from '../../terminal/user-error.ts';
import type { ClusterState } from './cluster-state.ts';

/** The text of a state file. */
export const stateText = (clusters: readonly ClusterState[]): string =>
  `${JSON.stringify({ version: 1, clusters }, undefined, 2)}\n`;

/**
 * The clusters of a state file's text.
 * @throws UserError when it is not what opsparkctl writes
 */
export function parseState(text: string, file: string): readonly ClusterState[] {
  const clusters = clustersIn(text);
  if (clusters !== undefined) return clusters;
  throw new UserError(
    `the state file ${file} cannot be understood; move it away: clusters are then found by their names again`,
  );
}

function clustersIn(text: string): readonly ClusterState[] | undefined {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content !== 'object' || content === null || !('clusters' in content)) return undefined;
    if (!Array.isArray(content.clusters)) return undefined;
    const clusters: readonly unknown[] = content.clusters;
    return clusters.every(isClusterState) ? clusters : undefined;
  } catch {
    return undefined;
  }
}

const TEXTS = ['name', 'uuid', 'cloud', 'projectId', 'region', 'order', 'createdAt'] as const;

/** The optional fields are opsparkctl's own: whoever edits them finds out. */
const isClusterState = (value: unknown): value is ClusterState =>
  typeof value === 'object' &&
  value !== null &&
  TEXTS.every((key) => typeof Reflect.get(value, key) === 'string') &&
  Array.isArray(Reflect.get(value, 'contexts')) &&
  typeof Reflect.get(value, 'steps') === 'object';

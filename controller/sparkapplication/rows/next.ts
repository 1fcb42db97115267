import type { ApplicationState } from '../../../api/states.ts';
import type { SparkApplicationStatus } from '../../../api/sparkapplication-status.ts';
import type { Effect } from '../decision.ts';
import type { Seen } from '../seen.ts';

/** What a row of the table answers: a status whose state may be another one, and what to do on the way. */
export interface Next {
  readonly status: SparkApplicationStatus;
  readonly effects?: readonly Effect[];
  readonly wakeAt?: number;
  /** See `Decision.isVerdict`. */
  readonly isVerdict?: boolean;
}

export type Row = (seen: Seen) => Next;

/** The state word of a status; New when there is none. */
export const stateOf = (status: SparkApplicationStatus): ApplicationState => status.applicationState?.state ?? '';

/** The earliest of several moments, some of which may not come. */
export function earliest(...moments: readonly (number | undefined)[]): number | undefined {
  const known = moments.filter((moment) => moment !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** `wakeAt` as a member that is absent when there is nothing to wait for. */
export const wake = (...moments: readonly (number | undefined)[]): { readonly wakeAt?: number } => {
  const at = earliest(...moments);
  return at === undefined ? {} : { wakeAt: at };
};

/** When to ask again for something whose end is normally told by a watch event. */
export const LOOK_AGAIN_MS = 5_000;

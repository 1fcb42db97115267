import type { Condition, SparkApplicationStatus } from '../../api/sparkapplication-status.ts';
import { rfc3339 } from './time.ts';

/** Every condition that the controller sets. */
export type ConditionType =
  | 'Submitted'
  | 'DriverReady'
  | 'ExecutorsReady'
  | 'WaitingForCapacity'
  | 'UIServiceReady'
  | 'FullyApplied'
  | 'Succeeded'
  | 'Failed';

/** What a condition says; the times and the generation are filled in. */
export interface Claim {
  readonly type: ConditionType;
  readonly status: Condition['status'];
  readonly reason: string;
  readonly message?: string;
}

/** When, and of which generation of the object, something is said. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly generation: number;
}

/** Sets one condition. `lastTransitionTime` moves only when the status word changes; an equal condition stays the same. */
export function setCondition(
  status: SparkApplicationStatus,
  claim: Claim,
  { now, generation }: Moment,
): SparkApplicationStatus {
  const before = conditionOf(status, claim.type);
  const message = claim.message ?? '';
  if (before?.status === claim.status && before.reason === claim.reason && before.message === message) return status;
  const condition: Condition = {
    type: claim.type,
    status: claim.status,
    reason: claim.reason,
    message,
    lastTransitionTime: before?.status === claim.status ? before.lastTransitionTime : rfc3339(now),
    observedGeneration: generation,
  };
  const others = (status.conditions ?? []).filter(({ type }) => type !== claim.type);
  return { ...status, conditions: [...others, condition].sort((a, b) => (a.type < b.type ? -1 : 1)) };
}

/** Takes conditions away that no longer say anything. */
export function dropConditions(
  status: SparkApplicationStatus,
  ...types: readonly ConditionType[]
): SparkApplicationStatus {
  const kept = (status.conditions ?? []).filter(({ type }) => !types.some((dropped) => dropped === type));
  return kept.length === (status.conditions ?? []).length ? status : { ...status, conditions: kept };
}

export const conditionOf = ({ conditions }: SparkApplicationStatus, type: ConditionType): Condition | undefined =>
  conditions?.find((condition) => condition.type === type);

export const isTrue = (status: SparkApplicationStatus, type: ConditionType): boolean =>
  conditionOf(status, type)?.status === 'True';

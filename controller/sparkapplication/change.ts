import type { Attempt, Condition, ExecutorCounts, SparkApplicationStatus } from '../../api/sparkapplication-status.ts';
import type { ApplicationState } from '../../api/states.ts';
import { conditionOf, type ConditionType } from './conditions.ts';
import { stateOf } from './rows/next.ts';

/** What lies between two statuses: the one place that events and metrics are read from, so that both tell the same story. */
export interface Change {
  /** The state that was entered; undefined when it stayed the same. */
  readonly entered: ApplicationState | undefined;
  readonly left: ApplicationState;
  /** Whether the status speaks of another attempt than before. */
  readonly isNewAttempt: boolean;
  /** Conditions that say something else than before, or of another attempt. */
  readonly said: (type: ConditionType) => Condition | undefined;
  /** The current attempt, when it has just ended. */
  readonly ended: Attempt | undefined;
  /** Executors of the current attempt before and after. */
  readonly executors: { readonly before: ExecutorCounts; readonly after: ExecutorCounts };
}

const NONE: ExecutorCounts = { desired: 0, pending: 0, running: 0, succeeded: 0, failed: 0 };

/** Compares two statuses of one application. Pure. */
export function changeOf(before: SparkApplicationStatus, after: SparkApplicationStatus): Change {
  const sameAttempt = before.submissionID === after.submissionID;
  const [left, entered] = [stateOf(before), stateOf(after)];
  return {
    left,
    entered: entered === left ? undefined : entered,
    isNewAttempt: !sameAttempt && after.submissionID !== undefined,
    said: (type) => {
      const is = conditionOf(after, type);
      return sameAttempt && sameSaying(conditionOf(before, type), is) ? undefined : is;
    },
    ended: endedAttempt(before, after),
    executors: { before: (sameAttempt ? before.executors : undefined) ?? NONE, after: after.executors ?? NONE },
  };
}

const sameSaying = (a: Condition | undefined, b: Condition | undefined): boolean =>
  a?.status === b?.status && a?.reason === b?.reason;

function endedAttempt(before: SparkApplicationStatus, after: SparkApplicationStatus): Attempt | undefined {
  const attempt = currentAttempt(after);
  const known = before.attempts?.find(({ submissionID }) => submissionID === attempt?.submissionID);
  return attempt?.endTime === undefined || known?.endTime !== undefined ? undefined : attempt;
}

/** The entry of the attempt that the status speaks of; after a suspension the last one. */
const currentAttempt = ({ attempts = [], submissionID }: SparkApplicationStatus): Attempt | undefined =>
  attempts.find((attempt) => attempt.submissionID === submissionID) ?? attempts.at(-1);

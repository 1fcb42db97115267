import type { SparkApplicationStatus } from '../../api/sparkapplication-status.ts';
import { conditionOf } from './conditions.ts';
import type { Outcome } from './decision.ts';
import { LOOK_AGAIN_MS } from './rows/next.ts';
import { say, setFailed, setSubmitted, type Context } from './status.ts';
import { millisOf } from './time.ts';

/** The status with what an effect brought to light, and when to try again what could not be done yet. */
export interface Settled {
  readonly status: SparkApplicationStatus;
  readonly wakeAt?: number;
  /** Whether the effects that follow still make sense. */
  readonly goesOn: boolean;
}

/** Turns an outcome into status. Pure. */
export function settle(status: SparkApplicationStatus, outcome: Outcome, context: Context): Settled {
  switch (outcome.kind) {
    case 'Done':
      return { status, goesOn: true };
    case 'Submitted':
      return { status: setSubmitted(status, outcome.pod.sparkAppId, context), goesOn: true };
    case 'Refused': {
      const { reason, message } = outcome;
      const failed = setFailed(status, { state: 'SUBMISSION_FAILED', reason, errorMessage: message }, context);
      return { status: say(failed, { type: 'Submitted', status: 'False', reason, message }, context), goesOn: false };
    }
    case 'Blocked': {
      const claim = {
        type: 'Submitted',
        status: 'False',
        reason: 'DriverPodConflict',
        message: outcome.message,
      } as const;
      return { status: say(status, claim, context), goesOn: false, wakeAt: context.now + LOOK_AGAIN_MS };
    }
    case 'Unavailable':
      return { ...withoutAdmission(status, outcome.message, context), goesOn: false };
    case 'UiService':
      return { status: { ...status, driverInfo: { ...status.driverInfo, ...outcome.info } }, goesOn: true };
    case 'UiServiceFailed': {
      const claim = { type: 'UIServiceReady', status: 'False', reason: 'Refused', message: outcome.message } as const;
      return { status: say(status, claim, context), goesOn: true };
    }
  }
}

const UNAVAILABLE = 'AdmissionUnavailable';
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Nothing is lost and nothing failed: the attempt waits. Each wait is as long as the outage so far, so waits double. The first
 * message stays, because later ones differ in port numbers only, and no write shall tell that.
 */
function withoutAdmission(
  status: SparkApplicationStatus,
  message: string,
  context: Context,
): Pick<Settled, 'status' | 'wakeAt'> {
  const before = conditionOf(status, 'Submitted');
  const since = before?.reason === UNAVAILABLE ? millisOf(before.lastTransitionTime) : undefined;
  const waitMs = Math.min(Math.max(context.now - (since ?? context.now), SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
  const wakeAt = context.now + waitMs;
  if (since !== undefined) return { status, wakeAt };
  const text = `An admission webhook that must see the driver pod does not answer; the attempt starts when it does (${message})`;
  return {
    status: say(status, { type: 'Submitted', status: 'False', reason: UNAVAILABLE, message: text }, context),
    wakeAt,
  };
}

import type { SparkApplicationStatus } from '../../api/sparkapplication-status.ts';
import type { Outcome } from './decision.ts';
import { LOOK_AGAIN_MS } from './rows/next.ts';
import { say, setFailed, setSubmitted, type Context } from './status.ts';

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
    case 'UiService':
      return { status: { ...status, driverInfo: { ...status.driverInfo, ...outcome.info } }, goesOn: true };
    case 'UiServiceFailed': {
      const claim = { type: 'UIServiceReady', status: 'False', reason: 'Refused', message: outcome.message } as const;
      return { status: say(status, claim, context), goesOn: true };
    }
  }
}

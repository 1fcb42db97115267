import type { NativePlan } from '../../spark/submission/plan.ts';
import type { PlannedResource } from '../../spark/submission/planned-resource.ts';
import type { Service } from '../../api/kubernetes.ts';
import type { FailureReason } from '../../api/reasons.ts';
import type { DriverInfo, SparkApplicationStatus } from '../../api/sparkapplication-status.ts';
import type { PodView } from './pod-view.ts';

/** What to do, in this order, and what the status says when it is done. */
export interface Decision {
  /** The status after the effects; what they bring to light is added by `settle`. */
  readonly status: SparkApplicationStatus;
  readonly effects: readonly Effect[];
  /** When to look again even if nothing happens, epoch milliseconds. */
  readonly wakeAt?: number;
  /** It destroys or restarts something, so it must rest on a live read and not on the cache alone. */
  readonly isVerdict: boolean;
}

/** A change of the world. Each can be repeated after a crash without harm. */
export type Effect =
  /** Writes the status now, before what follows. A claim goes through only if nobody wrote to the object since it was read. */
  | { readonly kind: 'record'; readonly status: SparkApplicationStatus }
  /** Creates what the plan lists, the driver pod last; adopts what is there already and ours. */
  | { readonly kind: 'createAttempt'; readonly plan: NativePlan; readonly submissionId: string }
  | { readonly kind: 'createUiService'; readonly service: Service }
  /** Deletes what one attempt has beside its driver pod: what its label finds, and what is named because it is not listed. */
  | {
      readonly kind: 'deleteAttemptObjects';
      readonly submissionId: string;
      readonly unlisted: readonly PlannedResource[];
    }
  | { readonly kind: 'deleteDriver'; readonly name: string; readonly uid: string }
  | { readonly kind: 'deleteUiService'; readonly name: string }
  | { readonly kind: 'deleteApplication' };

/** What an effect brought to light. Facts of the domain are data; only broken plumbing throws. */
export type Outcome =
  | { readonly kind: 'Done' }
  /** The driver pod exists: created now, or earlier by us. */
  | { readonly kind: 'Submitted'; readonly pod: PodView }
  /** The API server refuses an object of the attempt; what had been created is removed again. */
  | { readonly kind: 'Refused'; readonly reason: FailureReason; readonly message: string }
  /** An admission webhook that must be asked does not answer: wait for it. */
  | { readonly kind: 'Unavailable'; readonly message: string }
  /** Something that is not ours holds a name we need. */
  | { readonly kind: 'Blocked'; readonly message: string }
  | { readonly kind: 'UiService'; readonly info: DriverInfo }
  | { readonly kind: 'UiServiceFailed'; readonly message: string };

import type { NativePlan } from '../../spark/submission/plan.ts';
import type { Service } from '../../api/kubernetes.ts';
import type { FailureReason } from '../../api/reasons.ts';
import type { PodDefaultsStatus } from '../../api/sparkapplication-status.ts';
import type { SparkApplication, SparkApplicationStatus } from '../../api/sparkapplication.ts';
import type { Driver } from './driver.ts';
import type { PodView } from './pod-view.ts';

/** Everything a decision may depend on. Built by `observe`; the same `Seen` always gives the same decision. */
export interface Seen {
  /** Epoch milliseconds. */
  readonly now: number;
  /** As the user wrote it: no defaults filled in. */
  readonly app: SparkApplication;
  /** The status as this process knows it, its own writes included. */
  readonly status: SparkApplicationStatus;
  readonly driver: Driver;
  /** Executor pods of the current submission, from the cache. */
  readonly executors: readonly PodView[];
  /** Whether driver and application were read from the API server for this very decision. */
  readonly live: boolean;
  /** Whether the operator still serves the namespace: if not, what runs is followed, and nothing is started. */
  readonly mayStart: boolean;
  /** Whether the driver pod was seen to be deleted, so that what belonged to it can go too. */
  readonly driverDeleted: boolean;
  /** Warnings of the kubelet about the driver pod, read when it does not start. */
  readonly warnings: readonly string[];
  /** Hash of the run-relevant fields of the specification, and the version of that hash. */
  readonly specHash: string;
  readonly specHashVersion: number;
  readonly settings: Settings;
  /** What a submission of this specification would create; pure. */
  readonly prepare: Prepare;
}

/** Flags that decisions read. */
export interface Settings {
  /** How long a driver may stay unable to start before its attempt fails. */
  readonly driverStartGraceMs: number;
  /** How long after its submission a driver pod may be missing from the cache without further question. */
  readonly driverPodCreationGraceMs: number;
  /** Most entries of `status.executorState`. */
  readonly maxTrackedExecutors: number;
}

/** One attempt to be prepared. */
export interface AttemptOrder {
  readonly attempt: number;
  readonly submissionId: string;
  /** Epoch milliseconds; the same for every try of one attempt. */
  readonly submitTime: number;
}

export type Prepare = (order: AttemptOrder) => Prepared;

/** Either what to create, or why this specification cannot be submitted. */
export type Prepared =
  | {
      readonly kind: 'Ready';
      readonly plan: NativePlan;
      readonly uiService?: Service;
      /** What the site's defaults gave the attempt; in order of precedence. */
      readonly podDefaults: readonly PodDefaultsStatus[];
    }
  | { readonly kind: 'Refused'; readonly reason: FailureReason; readonly message: string };

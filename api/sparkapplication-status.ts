import type { FailureReason } from './reasons.ts';
import type { Int32, Int64, Time } from './scalars.ts';
import type { ApplicationState, ExecutorState } from './states.ts';

/** What the operator has seen and done. Fields of kubeflow's status keep their names and meaning. */
export interface SparkApplicationStatus {
  /** Spark's own application id, the `spark-app-selector` label of its pods. */
  readonly sparkApplicationId?: string;
  /** Identity of the current attempt, on all its objects as a label. */
  readonly submissionID?: string;
  /** When the latest attempt was submitted. */
  readonly lastSubmissionAttemptTime?: Time | null;
  /** When the application ended for good. */
  readonly terminationTime?: Time | null;
  /** Driver pod and Spark UI of the current attempt. */
  readonly driverInfo?: DriverInfo;
  /** The state of the application, and why. */
  readonly applicationState?: ApplicationStateInfo;
  /** State of each executor by pod name, for a bounded number of executors. */
  readonly executorState?: Readonly<Record<string, ExecutorState>>;
  /** Runs that were submitted with success since the last edit of the specification. */
  readonly executionAttempts?: Int32;
  /** Submissions that were tried since the last edit of the specification. */
  readonly submissionAttempts?: Int32;
  /** How the current attempt was submitted. */
  readonly submission?: SubmissionStatus;
  /** The first attempt and the last nine. */
  readonly attempts?: readonly Attempt[];
  /** How many executors there are, by state. */
  readonly executors?: ExecutorCounts;
  /** Standard Kubernetes conditions, for `kubectl wait` and people. */
  readonly conditions?: readonly Condition[];
  /** The `metadata.generation` that this status speaks of. */
  readonly observedGeneration?: Int64;
  /** The SparkPodDefaults of the current attempt, in order of precedence. */
  readonly podDefaults?: readonly PodDefaultsStatus[];
  /** When the next attempt starts, while the operator waits to try again. */
  readonly nextAttemptTime?: Time | null;
}

/** Where the driver and its UI are found. */
export interface DriverInfo {
  /** Name of the driver pod. */
  readonly podName?: string;
  /** Name of the Service in front of the Spark UI. */
  readonly webUIServiceName?: string;
  /** `<cluster IP>:<port>` of that Service. */
  readonly webUIAddress?: string;
  /** Port of that Service. */
  readonly webUIPort?: Int32;
  /** Name of the Ingress in front of the Spark UI. */
  readonly webUIIngressName?: string;
  /** URL at which the Ingress answers. */
  readonly webUIIngressAddress?: string;
}

/** The state word, with the failure behind it. */
export interface ApplicationStateInfo {
  /** One of kubeflow's fourteen state words; empty means New. */
  readonly state: ApplicationState;
  /** What went wrong, and what the operator does next. */
  readonly errorMessage?: string;
  /** Why it went wrong, as one word that programs can match. */
  readonly reason?: FailureReason;
}

/** How the current attempt was submitted. */
export interface SubmissionStatus {
  /** Number of the attempt, counted over the life of this object and never reset. */
  readonly attempt: Int64;
  /** Native: built by the operator itself. SparkSubmit: by spark-submit in a Job of the application's own image. */
  readonly lane: 'Native' | 'SparkSubmit';
  /** Why the lane was chosen, when it is not Native. */
  readonly reasons?: readonly string[];
  /** Hash of the fields of the specification that this run depends on. */
  readonly specHash: string;
  /** Version of the hash: only hashes of the same version are compared. */
  readonly specHashVersion: Int32;
}

/** What one SparkPodDefaults gave the current attempt. */
export interface PodDefaultsStatus {
  /** `<namespace>/<name>` of the SparkPodDefaults. */
  readonly name: string;
  /** Its generation at the time of the submission. */
  readonly generation?: Int64;
  /** How many of its entries (properties, mounts, variables, …) were filled in. */
  readonly applied: Int32;
  /** Entries that gave way, and to what; at most 20. */
  readonly overridden?: readonly string[];
}

/** One attempt to run the application. */
export interface Attempt {
  /** Number of the attempt, counted over the life of this object. */
  readonly number: Int64;
  /** Identity of the attempt. */
  readonly submissionID: string;
  /** Spark's application id of the attempt. */
  readonly sparkApplicationId?: string;
  /** Name of its driver pod. */
  readonly driverPodName?: string;
  /** When it was submitted. */
  readonly startTime: Time;
  /** When it ended. */
  readonly endTime?: Time | null;
  /** Exit code of the driver container. */
  readonly exitCode?: Int32;
  /** Why it failed, as one word. */
  readonly reason?: FailureReason;
  /** The last words of the driver, or what was seen from outside. */
  readonly message?: string;
  /** State in which the attempt ended. */
  readonly state?: ApplicationState;
}

/** Executors of the current attempt, by state. */
export interface ExecutorCounts {
  /** How many Spark was asked to start (at first, with dynamic allocation). */
  readonly desired: Int32;
  readonly pending: Int32;
  readonly running: Int32;
  readonly succeeded: Int32;
  readonly failed: Int32;
}

/** A condition in the standard shape of Kubernetes. */
export interface Condition {
  /** What is claimed: Submitted, DriverReady, ExecutorsReady, WaitingForCapacity, UIServiceReady, FullyApplied, Succeeded, Failed. */
  readonly type: string;
  /** Whether it holds. */
  readonly status: 'True' | 'False' | 'Unknown';
  /** Why, as one CamelCase word. */
  readonly reason: string;
  /** Why, in a sentence. */
  readonly message: string;
  /** When `status` last changed. */
  readonly lastTransitionTime: Time;
  /** The generation of the specification that was looked at. */
  readonly observedGeneration?: Int64;
}

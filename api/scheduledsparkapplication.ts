import type { StoredObjectMeta } from './kubernetes.ts';
import type { Int32, Int64, Time } from './scalars.ts';
import type { SparkApplicationSpec } from './sparkapplication.ts';
import type { ScheduleState } from './states.ts';

/** Runs a SparkApplication on a cron schedule. */
export interface ScheduledSparkApplication {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: StoredObjectMeta;
  readonly spec: ScheduledSparkApplicationSpec;
  readonly status?: ScheduledSparkApplicationStatus;
}

/** When to run what. */
export interface ScheduledSparkApplicationSpec {
  /**
   * Cron expression of five fields, a word such as `@hourly`, or `@every 1h30m`. A prefix `CRON_TZ=Zone ` or `TZ=Zone `
   * names a time zone and wins over `timeZone`.
   * @minLength 1
   */
  readonly schedule: string;
  /** IANA name of the time zone that the schedule is read in, such as Europe/Zurich. Unset: the operator's local zone. */
  readonly timeZone?: string;
  /** Specification of the SparkApplications that are started. */
  readonly template: SparkApplicationSpec;
  /** True: start no further runs. Runs that are under way go on. */
  readonly suspend?: boolean;
  /**
   * What to do when a run is due while an earlier one is unfinished.
   * @default "Allow"
   */
  readonly concurrencyPolicy?: ConcurrencyPolicy;
  /**
   * How many completed runs are kept.
   * @default 1
   * @minimum 0
   */
  readonly successfulRunHistoryLimit?: Int32;
  /**
   * How many failed runs are kept.
   * @default 1
   * @minimum 0
   */
  readonly failedRunHistoryLimit?: Int32;
  /**
   * Seconds after its due time within which a missed run may still start. Unset: no limit.
   * @minimum 1
   */
  readonly startingDeadlineSeconds?: Int64;
  /**
   * Which runs missed while the operator was away are started afterwards: none, the last one, or all.
   * @default "Last"
   */
  readonly catchUp?: 'None' | 'Last' | 'All';
}

/** Allow: run side by side. Forbid: skip the new run. Replace: delete the old run, start the new one when it is gone. */
export type ConcurrencyPolicy = 'Allow' | 'Forbid' | 'Replace';

/** What the schedule did. */
export interface ScheduledSparkApplicationStatus {
  /** When the last run was started. */
  readonly lastRun?: Time | null;
  /** When the next run is due. */
  readonly nextRun?: Time | null;
  /** Name of the last SparkApplication that was started. */
  readonly lastRunName?: string;
  /** When a run completed last. */
  readonly lastSuccess?: Time | null;
  /** The token of the last run that somebody asked for with the annotation `sparkoperator.k8s.io/run-now`. */
  readonly lastRunNow?: string;
  /** Names of the completed runs that are kept, newest first. */
  readonly pastSuccessfulRunNames?: readonly string[];
  /** Names of the failed runs that are kept, newest first. */
  readonly pastFailedRunNames?: readonly string[];
  /** Empty (new), Scheduled or FailedValidation. */
  readonly scheduleState?: ScheduleState;
  /** Why the schedule is in this state. */
  readonly reason?: string;
  /** The `metadata.generation` that this status speaks of. */
  readonly observedGeneration?: Int64;
}

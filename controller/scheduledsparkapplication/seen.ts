import type { ScheduledSparkApplication } from '../../api/scheduledsparkapplication.ts';
import type { ApplicationState } from '../../api/states.ts';
import type { TimestampPrecision } from '../../spark/schedule/run-name.ts';

/** One run of a schedule: a SparkApplication that carries its label and is owned by it. */
export interface RunView {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly state: ApplicationState;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly finished: number | undefined;
  readonly deleting: boolean;
}

/** Everything that a decision about a schedule depends on. */
export interface SeenSchedule {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly schedule: ScheduledSparkApplication;
  /** All that is wrong with the specification; empty when runs can be started. */
  readonly problems: readonly string[];
  readonly runs: readonly RunView[];
  /** The zone of schedules that name none. */
  readonly localZone: string;
  readonly precision: TimestampPrecision;
  /** False in a namespace that is not served any more: nothing new begins. */
  readonly mayStart: boolean;
}

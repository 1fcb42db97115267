import { createHash } from 'node:crypto';

/** How exact the time in the name of a run is, as kubeflow's flag `--scheduled-spark-application-timestamp-precision` counts. */
export const TIMESTAMP_PRECISIONS = ['nanos', 'micros', 'millis', 'seconds', 'minutes'] as const;
export type TimestampPrecision = (typeof TIMESTAMP_PRECISIONS)[number];

/**
 * Name of the run that is due at a moment (milliseconds since 1970): `<schedule>-<time>`, as kubeflow names runs, but with the
 * time at which it is due. So whoever starts a run after a crash starts the same one.
 */
export function runName(schedule: string, due: number, precision: TimestampPrecision): string {
  return `${schedule}-${digits[precision](due)}`;
}

const digits: Readonly<Record<TimestampPrecision, (due: number) => string>> = {
  nanos: (due) => `${due}000000`,
  micros: (due) => `${due}000`,
  millis: (due) => `${due}`,
  seconds: (due) => `${Math.floor(due / 1000)}`,
  minutes: (due) => `${Math.floor(due / 60_000)}`,
};

/** Name of the run that a person asked for with a token: the same token never starts two. */
export function manualRunName(schedule: string, token: string): string {
  return `${schedule}-now-${createHash('sha256').update(token).digest('hex').slice(0, 8)}`;
}

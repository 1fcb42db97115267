import type { Announcement } from '../sparkapplication/announcements.ts';
import type { Metrics } from '../../kube/metrics.ts';

/** What is counted of schedules. */
export interface ScheduleMetrics {
  readonly lag: (milliseconds: number) => void;
  readonly told: (announcement: Announcement) => void;
}

/** Seconds from the due time to the start. */
const LAG_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600];

const outcomes: Readonly<Record<string, string>> = {
  ScheduledRunStarted: 'started',
  ScheduledRunSkipped: 'skipped',
  ScheduledRunMissed: 'missed',
  ScheduledRunRefused: 'refused',
  ScheduledRunReplaced: 'replaced',
};

/** Registers the metrics of schedules. */
export function scheduleMetrics(metrics: Metrics): ScheduleMetrics {
  const lag = metrics.histogram({
    name: 'spark_schedule_lag_seconds',
    help: 'From the time at which a run is due to its start.',
    buckets: LAG_BUCKETS,
  });
  const runs = metrics.counter<'outcome'>({
    name: 'spark_schedule_run_count',
    help: 'Runs of schedules, by what became of them.',
    labels: ['outcome'],
  });
  return {
    lag: (milliseconds) => lag.observe({}, milliseconds / 1000),
    told: ({ reason }) => {
      const outcome = outcomes[reason];
      if (outcome !== undefined) runs.inc({ outcome });
    },
  };
}

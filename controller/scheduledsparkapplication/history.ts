import type {
  ScheduledSparkApplicationSpec,
  ScheduledSparkApplicationStatus,
} from '../../api/scheduledsparkapplication.ts';
import { rfc3339 } from '../sparkapplication/time.ts';
import type { RunEnd } from './decision.ts';
import type { RunView } from './seen.ts';

/** The finished runs of a schedule: what is kept, and what is beyond the limits. */
export interface History {
  readonly ends: readonly RunEnd[];
  readonly status: Pick<
    ScheduledSparkApplicationStatus,
    'pastSuccessfulRunNames' | 'pastFailedRunNames' | 'lastSuccess'
  >;
}

/** kubeflow keeps one of each when nothing is said. */
const DEFAULT_LIMIT = 1;

/** Newest first; the limits count what is kept. */
export function historyOf(
  runs: readonly RunView[],
  { successfulRunHistoryLimit, failedRunHistoryLimit }: ScheduledSparkApplicationSpec,
  lastSuccess: number | undefined,
): History {
  const completed = finished(runs, 'COMPLETED');
  const failed = finished(runs, 'FAILED');
  const keptCompleted = completed.slice(0, successfulRunHistoryLimit ?? DEFAULT_LIMIT);
  const keptFailed = failed.slice(0, failedRunHistoryLimit ?? DEFAULT_LIMIT);
  const successes = [lastSuccess, ...completed.map((run) => run.finished)].filter((time) => time !== undefined);
  return {
    ends: [...completed.slice(keptCompleted.length), ...failed.slice(keptFailed.length)].map((run) => ({
      run,
      why: 'History',
    })),
    status: {
      ...(keptCompleted.length === 0 ? {} : { pastSuccessfulRunNames: names(keptCompleted) }),
      ...(keptFailed.length === 0 ? {} : { pastFailedRunNames: names(keptFailed) }),
      ...(successes.length === 0 ? {} : { lastSuccess: rfc3339(Math.max(...successes)) }),
    },
  };
}

const finished = (runs: readonly RunView[], state: 'COMPLETED' | 'FAILED'): readonly RunView[] =>
  runs
    .filter((run) => run.state === state && !run.deleting)
    .toSorted((a, b) => b.created - a.created || b.name.localeCompare(a.name));

const names = (runs: readonly RunView[]): readonly string[] => runs.map(({ name }) => name);

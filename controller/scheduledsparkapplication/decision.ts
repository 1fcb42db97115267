import type { ScheduledSparkApplicationStatus } from '../../api/scheduledsparkapplication.ts';
import type { Announcement } from '../sparkapplication/announcements.ts';
import type { RunView } from './seen.ts';

/** A run to start: at most one in a pass. */
export interface RunStart {
  readonly name: string;
  /** When it is due (milliseconds since 1970); undefined for a run that a person asked for. */
  readonly due: number | undefined;
  /** The status once it is started. */
  readonly status: ScheduledSparkApplicationStatus;
}

/** A run to delete: one beyond the history limits, or one that the next run replaces. */
export interface RunEnd {
  readonly run: RunView;
  readonly why: 'History' | 'Replaced';
}

/** What to do about a schedule. Deletions come first, then the start, then one status. */
export interface ScheduleDecision {
  readonly ends: readonly RunEnd[];
  readonly start: RunStart | undefined;
  /** The status when nothing is started, or the start is refused. */
  readonly status: ScheduledSparkApplicationStatus;
  /** What is worth telling, whatever comes of the start. */
  readonly announcements: readonly Announcement[];
  /** When to look again (milliseconds since 1970), if nothing happens before. */
  readonly wakeAt: number | undefined;
}

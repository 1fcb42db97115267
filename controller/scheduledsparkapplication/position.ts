import type { ScheduledSparkApplication } from '../../api/scheduledsparkapplication.ts';
import type { Timetable } from '../../spark/schedule/timetable.ts';
import { millisOf } from '../sparkapplication/time.ts';

/**
 * The time of the next run as of the last pass; undefined when there is none. Milliseconds since 1970.
 *
 * - A new schedule counts from its creation, one that was suspended or invalid from now on.
 * - After an edit the future is planned anew, so that the edit counts at once; a run that was due before and fits the
 *   edited schedule stays due.
 */
export function positionOf(
  { metadata, status = {} }: ScheduledSparkApplication,
  table: Timetable,
  now: number,
): number | undefined {
  const stored = millisOf(status.nextRun);
  const isNew = (status.scheduleState ?? '') === '';
  if (stored === undefined) return table.next(isNew ? (millisOf(metadata.creationTimestamp) ?? now) : now);
  if (status.observedGeneration === metadata.generation) return stored;
  const fits = table.next(stored - 1) === stored;
  return fits && stored <= now ? stored : table.next(now);
}

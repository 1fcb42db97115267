import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { ScheduledSparkApplication } from '../../api/scheduledsparkapplication.ts';
import { millisOf } from '../sparkapplication/time.ts';
import type { RunView } from './seen.ts';

/** What a decision about a schedule reads of one of its runs. */
export function runView({ metadata, status }: SparkApplication): RunView {
  return {
    name: metadata.name,
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion ?? '',
    state: status?.applicationState?.state ?? '',
    created: millisOf(metadata.creationTimestamp) ?? 0,
    finished: millisOf(status?.terminationTime),
    deleting: metadata.deletionTimestamp !== undefined,
  };
}

/** Whether a schedule is the owner of an application: one of the same name that was there before has left others. */
export const isRunOf = (app: SparkApplication, { metadata }: ScheduledSparkApplication): boolean =>
  app.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid) === true;

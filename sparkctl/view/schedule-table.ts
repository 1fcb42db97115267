import type { ScheduledSparkApplication } from '../../api/scheduledsparkapplication.ts';
import { columnTable, type Column, type TableOptions } from './columns.ts';
import { age, duration } from '../../terminal/duration.ts';

const columns: readonly Column<ScheduledSparkApplication>[] = [
  { title: 'NAMESPACE', shown: 'namespaces', cell: ({ metadata }) => metadata.namespace },
  { title: 'NAME', cell: ({ metadata }) => metadata.name },
  { title: 'SCHEDULE', cell: ({ spec }) => spec.schedule },
  { title: 'TIMEZONE', cell: ({ spec }) => spec.timeZone ?? '' },
  { title: 'SUSPEND', cell: ({ spec }) => String(spec.suspend ?? false) },
  { title: 'STATE', cell: ({ status }) => status?.scheduleState ?? '' },
  { title: 'LAST-RUN', cell: ({ status }, { now }) => age(status?.lastRun, now) },
  { title: 'NEXT-RUN', cell: ({ status }, { now }) => untilNext(status?.nextRun, now) },
  { title: 'AGE', cell: ({ metadata }, { now }) => age(metadata.creationTimestamp, now) },
  { title: 'LAST-RUN-NAME', shown: 'wide', cell: ({ status }) => status?.lastRunName ?? '' },
  { title: 'REASON', shown: 'wide', cell: ({ status }) => status?.reason ?? '' },
];

/** The table of `sparkctl list scheduledsparkapplications`. */
export const scheduleTable = (schedules: readonly ScheduledSparkApplication[], options: TableOptions): string[] =>
  columnTable(columns, schedules, options);

const untilNext = (nextRun: string | null | undefined, now: Date): string =>
  nextRun === undefined || nextRun === null ? '' : `in ${duration(Date.parse(nextRun) - now.getTime())}`;

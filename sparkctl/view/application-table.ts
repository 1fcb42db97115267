import type { SparkApplication } from '../../api/sparkapplication.ts';
import { isTerminal } from '../../api/states.ts';
import { columnTable, type Column, type TableOptions } from './columns.ts';
import { age, span } from '../../terminal/duration.ts';
import { executorCounts } from './executors.ts';
import { colouredState, stateOf } from './state.ts';

const columns: readonly Column<SparkApplication>[] = [
  { title: 'NAMESPACE', shown: 'namespaces', cell: ({ metadata }) => metadata.namespace },
  { title: 'NAME', cell: ({ metadata }) => metadata.name },
  { title: 'STATE', cell: (app, { colours }) => colouredState(stateOf(app), colours) },
  { title: 'ATTEMPTS', cell: ({ status }) => String(status?.executionAttempts ?? 0) },
  { title: 'EXECUTORS', cell: (app) => executorsOf(app) },
  { title: 'SUBMITTED', cell: ({ status }, { now }) => age(status?.lastSubmissionAttemptTime, now) },
  {
    title: 'DURATION',
    cell: ({ status }, { now }) => span(status?.lastSubmissionAttemptTime, status?.terminationTime, now),
  },
  { title: 'AGE', cell: ({ metadata }, { now }) => age(metadata.creationTimestamp, now) },
  { title: 'REASON', shown: 'wide', cell: ({ status }) => status?.applicationState?.reason ?? '' },
  { title: 'DRIVER', shown: 'wide', cell: ({ status }) => status?.driverInfo?.podName ?? '' },
  { title: 'SPARK-ID', shown: 'wide', cell: ({ status }) => status?.sparkApplicationId ?? '' },
  { title: 'LANE', shown: 'wide', cell: ({ status }) => status?.submission?.lane ?? '' },
];

/** The table of `sparkctl list`. Times are lengths: since the submission, of the run, since the creation. */
export const applicationTable = (apps: readonly SparkApplication[], options: TableOptions): string[] =>
  columnTable(columns, apps, options);

/** `running/desired` while it runs; nothing before the submission and after the end. */
function executorsOf(app: SparkApplication): string {
  if (app.status?.lastSubmissionAttemptTime === undefined || isTerminal(stateOf(app))) return '';
  const { running, desired } = executorCounts(app);
  return `${running}/${desired}`;
}

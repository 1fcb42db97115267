import type { KubernetesEvent, Pod } from '../../api/kubernetes.ts';
import type { Attempt, Condition } from '../../api/sparkapplication-status.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { inOrder } from '../events/event-time.ts';
import { eventTable } from '../events/event-table.ts';
import { driverNameOf, executorId } from '../pods/find-pod.ts';
import { podSummary } from '../pods/pod-summary.ts';
import { age, span } from '../../terminal/duration.ts';
import { executorCounts, executorsSentence } from './executors.ts';
import { nextStep } from './next-step.ts';
import type { Palette } from '../../terminal/palette.ts';
import { colouredState, stateOf } from './state.ts';
import { table } from '../../terminal/table.ts';

/** Everything that `sparkctl status` tells about one application, as it was read from the API server. */
export interface StatusFacts {
  readonly app: SparkApplication;
  readonly driver: Pod | undefined;
  readonly executors: readonly Pod[];
  readonly events: readonly KubernetesEvent[];
}

interface ReportOptions {
  readonly now: Date;
  readonly colours: Palette;
}

/** The last events say why; older ones are a matter of `sparkctl event`. */
const LAST_EVENTS = 8;
/** More would hide the rest; `kubectl get pods` has them all. */
const MOST_EXECUTORS = 20;

/** The page of `sparkctl status`: a head of fields, then only those tables that have rows. */
export const statusReport = (facts: StatusFacts, options: ReportOptions): string[] => [
  ...head(facts, options),
  ...section('Executors', executorTable(facts, options), options),
  ...section('Attempts', attemptTable(facts.app.status?.attempts ?? [], options), options),
  ...section('Conditions', conditionTable(facts.app.status?.conditions ?? [], options), options),
  ...section('Last events', eventsTable(facts.events, options), options),
];

function head({ app, driver }: StatusFacts, options: ReportOptions): string[] {
  const fields: readonly (readonly [string, string])[] = [
    ['Name', app.metadata.name],
    ['Namespace', app.metadata.namespace],
    ['State', colouredState(stateOf(app), options.colours)],
    ['Reason', app.status?.applicationState?.reason ?? ''],
    ['Message', app.status?.applicationState?.errorMessage ?? ''],
    ['Next', nextStep(app, options.now)],
    ...timings(app, options.now),
    ['Attempts', attempts(app)],
    ['Spark ID', app.status?.sparkApplicationId ?? ''],
    ['Submission', submission(app)],
    ['Driver', driverField(app, driver)],
    ['Spark UI', userInterface(app, driver)],
    ['Executors', executorsSentence(executorCounts(app))],
  ];
  return fields
    .filter(([, text]) => text !== '')
    .map(([title, text]) => `${`${title}:`.padEnd(13)}${text.replaceAll('\n', `\n${' '.repeat(13)}`)}`);
}

function timings({ metadata, status }: SparkApplication, now: Date): readonly (readonly [string, string])[] {
  const { lastSubmissionAttemptTime: start, terminationTime: end } = status ?? {};
  return [
    ['Created', when(metadata.creationTimestamp, now)],
    ['Submitted', when(start, now)],
    ['Finished', when(end, now)],
    ['Duration', isTime(start) ? span(start, end, now) : ''],
  ];
}

const when = (time: string | null | undefined, now: Date): string =>
  isTime(time) ? `${time} (${age(time, now)} ago)` : '';

const isTime = (time: string | null | undefined): time is string => time !== null && time !== undefined && time !== '';

function attempts({ status }: SparkApplication): string {
  if (status === undefined) return '';
  const { executionAttempts = 0, submissionAttempts = 0 } = status;
  return `${executionAttempts} (${submissionAttempts} ${submissionAttempts === 1 ? 'submission' : 'submissions'})`;
}

function submission({ status }: SparkApplication): string {
  const { submissionID = '', submission: how } = status ?? {};
  if (how === undefined) return submissionID;
  const reasons = how.reasons ?? [];
  return `${submissionID} (lane ${how.lane}${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`})`;
}

function driverField(app: SparkApplication, driver: Pod | undefined): string {
  if (driver === undefined)
    return app.status?.driverInfo?.podName === undefined ? '' : `${driverNameOf(app)} (no such pod)`;
  const node = driver.spec?.nodeName;
  return `${driverNameOf(app)}, ${podSummary(driver)}${node === undefined ? '' : `, on ${node}`}`;
}

function userInterface(app: SparkApplication, driver: Pod | undefined): string {
  const { webUIAddress = '', webUIIngressAddress = '' } = app.status?.driverInfo ?? {};
  if (driver?.status?.phase !== 'Running') return webUIIngressAddress;
  const command = `sparkctl forward ${app.metadata.name} -n ${app.metadata.namespace}`;
  return [webUIIngressAddress, webUIAddress, command].filter((text) => text !== '').join(' or ');
}

function executorTable({ executors }: StatusFacts, { now }: ReportOptions): string[] {
  if (executors.length === 0) return [];
  const rows = executors
    .slice(0, MOST_EXECUTORS)
    .map((pod) => [
      executorId(pod),
      pod.metadata?.name ?? '',
      podSummary(pod),
      pod.spec?.nodeName ?? '',
      age(pod.metadata?.creationTimestamp, now),
    ]);
  const hidden = executors.length - rows.length;
  return [...table(['ID', 'POD', 'STATE', 'NODE', 'AGE'], rows), ...(hidden > 0 ? [`and ${hidden} more`] : [])];
}

function attemptTable(all: readonly Attempt[], { now, colours }: ReportOptions): string[] {
  if (all.length === 0) return [];
  return table(
    ['NUMBER', 'STARTED', 'DURATION', 'STATE', 'EXIT', 'REASON', 'MESSAGE'],
    all.map(({ number, startTime, endTime, state, exitCode, reason, message }) => [
      String(number),
      `${age(startTime, now)} ago`,
      span(startTime, endTime, now),
      state === undefined ? '' : colouredState(state, colours),
      exitCode === undefined ? '' : String(exitCode),
      reason ?? '',
      firstLine(message ?? ''),
    ]),
  );
}

function conditionTable(conditions: readonly Condition[], { now }: ReportOptions): string[] {
  if (conditions.length === 0) return [];
  return table(
    ['TYPE', 'STATUS', 'REASON', 'SINCE', 'MESSAGE'],
    conditions.map(({ type, status, reason, message, lastTransitionTime }) => [
      type,
      status,
      reason,
      age(lastTransitionTime, now),
      firstLine(message),
    ]),
  );
}

const eventsTable = (events: readonly KubernetesEvent[], options: ReportOptions): string[] =>
  events.length === 0 ? [] : eventTable(inOrder(events).slice(-LAST_EVENTS), options);

function section(title: string, lines: readonly string[], { colours }: ReportOptions): string[] {
  return lines.length === 0 ? [] : ['', colours.strong(`${title}:`), ...lines.map((line) => `  ${line}`)];
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

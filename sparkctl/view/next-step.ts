import type { RestartPolicy, SparkApplication } from '../../api/sparkapplication.ts';
import type { ApplicationState } from '../../api/states.ts';
import { duration } from '../../terminal/duration.ts';
import { stateOf } from './state.ts';

/** A new application that nobody has looked at for so long has no operator. */
const UNNOTICED_MS = 15_000;

interface Seen {
  readonly app: SparkApplication;
  readonly now: Date;
}

/** What the operator will do next with an application, and when, in a sentence for its owner. One row per state. */
const rows: Readonly<Record<string, (seen: Seen) => string>> = {
  '': newApplication,
  SUBMITTED: ({ app }) =>
    `RUNNING as soon as the driver pod runs${limit('; FAILED if it does not within', app.spec.timeouts?.driverStartSeconds)}`,
  RUNNING: ({ app }) =>
    `ends when the driver ends${limit('; FAILED if it runs longer than', app.spec.timeouts?.runSeconds)}`,
  SUCCEEDING: ({ app }) =>
    policyOf(app) === 'Always' ? 'will be run again (restartPolicy Always)' : 'will be COMPLETED in a moment',
  FAILING: (seen) => retryOr('will be FAILED unless its restart policy allows another attempt', seen),
  SUBMISSION_FAILED: (seen) => retryOr('will be FAILED unless its restart policy allows another submission', seen),
  PENDING_RERUN: (seen) => retryOr('will be submitted again when the objects of the last attempt are gone', seen),
  INVALIDATING: () => 'the specification was edited: this attempt is being removed, then it is submitted anew',
  SUSPENDING: () => 'its pods are being removed, then it is SUSPENDED',
  SUSPENDED: ({ app }) =>
    `nothing until spec.suspend is false: kubectl patch sparkapplication ${app.metadata.name} -n ${app.metadata.namespace} --type merge -p '{"spec":{"suspend":false}}'`,
  RESUMING: () => 'will be submitted in a moment',
  COMPLETED: afterEnd,
  FAILED: afterEnd,
  UNKNOWN: () =>
    'nothing is heard of the driver pod; decided as soon as its node, or the API server, speaks of it again',
} satisfies Record<ApplicationState, (seen: Seen) => string>;

/** What happens next; for a state word of another operator version, that this is not known. */
export function nextStep(app: SparkApplication, now: Date): string {
  return rows[stateOf(app)]?.({ app, now }) ?? 'not known to this version of sparkctl';
}

function newApplication({ app, now }: Seen): string {
  if (app.spec.suspend === true) return 'nothing until spec.suspend is false';
  const waitingMs = now.getTime() - Date.parse(app.metadata.creationTimestamp ?? now.toISOString());
  return waitingMs < UNNOTICED_MS
    ? 'will be submitted in a moment'
    : `no operator has taken it up for ${duration(waitingMs)}: check that one runs and that namespace "${app.metadata.namespace}" is one of its job namespaces (spark.jobNamespaces)`;
}

function retryOr(otherwise: string, { app, now }: Seen): string {
  const next = app.status?.nextAttemptTime;
  if (next === undefined || next === null) return otherwise;
  const waitMs = Date.parse(next) - now.getTime();
  return waitMs > 0 ? `next attempt in ${duration(waitMs)} (${next})` : 'next attempt in a moment';
}

function afterEnd({ app, now }: Seen): string {
  const ttl = app.spec.timeToLiveSeconds;
  const ended = app.status?.terminationTime;
  if (ttl === undefined || ended === undefined || ended === null) return 'nothing: it is kept until it is deleted';
  const leftMs = Date.parse(ended) + ttl * 1000 - now.getTime();
  return leftMs > 0
    ? `will be deleted in ${duration(leftMs)} (timeToLiveSeconds: ${ttl})`
    : 'will be deleted in a moment';
}

const policyOf = ({ spec }: SparkApplication): RestartPolicy['type'] => spec.restartPolicy?.type ?? 'Never';

const limit = (text: string, seconds: number | undefined): string =>
  seconds === undefined ? '' : `${text} ${duration(seconds * 1000)}`;

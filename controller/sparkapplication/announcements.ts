import type { SparkApplicationStatus } from '../../api/sparkapplication-status.ts';
import type { ApplicationState } from '../../api/states.ts';
import { changeOf, type Change } from './change.ts';
import { given } from './given.ts';
import { stateOf } from './rows/next.ts';

/** A Kubernetes Event to record about an application. Reasons are kubeflow's words. */
export interface Announcement {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** What a change of the status is worth telling, in the order it happened. Pure, so nothing is told twice. */
export function announcementsOf(
  name: string,
  before: SparkApplicationStatus,
  after: SparkApplicationStatus,
): readonly Announcement[] {
  const change = changeOf(before, after);
  return [
    ...resumption(change),
    ...submission(name, change),
    ...withoutEffect(change),
    ...podDefaults(change, after),
    ...uiService(change),
    ...driverStart(change, after),
    ...executors(change, after),
    ...driverEnd(change, after),
    ...entrance(name, change, after),
  ];
}

const normal = (reason: string, message: string): readonly Announcement[] => [{ type: 'Normal', reason, message }];
const warning = (reason: string, message: string): readonly Announcement[] => [{ type: 'Warning', reason, message }];
const nothing: readonly Announcement[] = [];

const resumption = ({ left, entered }: Change): readonly Announcement[] =>
  left === 'SUSPENDED' && entered === 'SUBMITTED'
    ? normal('SparkApplicationResuming', 'The application is resumed')
    : nothing;

function submission(name: string, { said }: Change): readonly Announcement[] {
  const submitted = said('Submitted');
  if (submitted?.status === 'True') {
    return normal('SparkApplicationSubmitted', `SparkApplication ${name} was submitted. ${submitted.message}`);
  }
  if (submitted?.reason === 'AdmissionUnavailable') {
    return warning('SparkApplicationSubmissionDelayed', submitted.message);
  }
  return submitted?.reason === 'DriverPodConflict'
    ? warning('SparkApplicationSubmissionFailed', submitted.message)
    : nothing;
}

/** Entries of the site's defaults that gave way in this attempt, told together. */
function podDefaults(
  { isNewAttempt }: Change,
  { podDefaults: given = [] }: SparkApplicationStatus,
): readonly Announcement[] {
  const lost = given.flatMap(({ name, overridden = [] }) =>
    overridden.map((entry) => `SparkPodDefaults ${name}: ${entry}`),
  );
  return isNewAttempt && lost.length > 0 ? warning('PodDefaultsOverridden', lost.join('; ')) : nothing;
}

/** Fields that Spark will not heed. */
function withoutEffect({ said }: Change): readonly Announcement[] {
  const applied = said('FullyApplied');
  return applied?.status === 'False' ? warning('SparkApplicationFieldsWithoutEffect', applied.message) : nothing;
}

/** The application runs on without its UI Service: nothing but this tells. */
function uiService({ said }: Change): readonly Announcement[] {
  const ready = said('UIServiceReady');
  return ready?.status === 'False' ? warning('SparkUIServiceFailed', ready.message) : nothing;
}

/** A driver that runs, that cannot be told of, or that does not start. */
function driverStart({ entered, said }: Change, after: SparkApplicationStatus): readonly Announcement[] {
  const pod = after.driverInfo?.podName ?? '';
  if (entered === 'RUNNING') return normal('SparkDriverRunning', `Driver ${pod} is running`);
  if (entered === 'UNKNOWN') return warning('SparkDriverUnknown', `The state of driver ${pod} cannot be told`);
  if (stateOf(after) !== 'SUBMITTED') return nothing;
  const ready = said('DriverReady');
  if (ready?.status === 'False') return warning('SparkDriverPending', `${ready.reason}: ${ready.message}`);
  const waiting = said('WaitingForCapacity');
  return waiting === undefined ? nothing : normal('SparkDriverPending', `Waiting for capacity: ${waiting.message}`);
}

/** Executors are told of together: when the first of an attempt run, and when some have failed. */
function executors({ executors: { before, after } }: Change, status: SparkApplicationStatus): readonly Announcement[] {
  const isFollowed = stateOf(status) === 'RUNNING' || stateOf(status) === 'SUBMITTED';
  if (!isFollowed) return nothing;
  const isFirst = after.running > 0 && before.running + before.succeeded + before.failed === 0;
  const failed = after.failed - before.failed;
  const running = `${after.running} of ${after.desired} executors are running`;
  return [
    ...(isFirst ? normal('SparkExecutorRunning', running) : nothing),
    ...(failed > 0
      ? warning('SparkExecutorFailed', `${failed} more executors failed, ${after.failed} in all`)
      : nothing),
  ];
}

/** The end of an attempt whose driver pod had been created. */
function driverEnd({ ended }: Change, after: SparkApplicationStatus): readonly Announcement[] {
  if (ended === undefined) return nothing;
  const pod = ended.driverPodName ?? '';
  if (ended.state === 'COMPLETED') return normal('SparkDriverCompleted', `Driver ${pod} completed`);
  if (ended.state !== 'FAILED' || wasRefused(after)) return nothing;
  return warning('SparkDriverFailed', `Driver ${pod} failed: ${failureOf(ended)}${nextAttempt(after)}`);
}

/** No driver pod came to be; the state that follows tells why. */
const wasRefused = ({ conditions = [] }: SparkApplicationStatus): boolean =>
  conditions.some(({ type, status }) => type === 'Submitted' && status !== 'True');

const failureOf = ({
  reason = 'Unknown',
  message = '',
}: {
  readonly reason?: string;
  readonly message?: string;
}): string => `${reason}: ${message}`;

const nextAttempt = ({ nextAttemptTime }: SparkApplicationStatus): string =>
  nextAttemptTime === undefined || nextAttemptTime === null ? '' : `. Next attempt at ${nextAttemptTime}`;

type Tell = (name: string, failure: string) => readonly Announcement[];

/** What entering a state is worth telling. */
const onEntry: Partial<Readonly<Record<ApplicationState, Tell>>> = {
  SUBMISSION_FAILED: (name, failure) =>
    warning('SparkApplicationSubmissionFailed', `Submission of SparkApplication ${name} failed: ${failure}`),
  PENDING_RERUN: (name) => normal('SparkApplicationPendingRerun', `SparkApplication ${name} waits to be run again`),
  INVALIDATING: (name) =>
    normal('SparkApplicationSpecUpdateProcessed', `SparkApplication ${name} was edited and is run again`),
  SUSPENDING: (name) => normal('SparkApplicationSuspending', `SparkApplication ${name} is being suspended`),
  SUSPENDED: (name) => normal('SparkApplicationSuspended', `SparkApplication ${name} is suspended`),
  COMPLETED: (name) => normal('SparkApplicationCompleted', `SparkApplication ${name} completed`),
  FAILED: (name, failure) => warning('SparkApplicationFailed', `SparkApplication ${name} failed: ${failure}`),
};

function entrance(
  name: string,
  { entered }: Change,
  { applicationState }: SparkApplicationStatus,
): readonly Announcement[] {
  const tell = entered === undefined ? undefined : onEntry[entered];
  const { reason, errorMessage } = applicationState ?? { state: '' };
  return tell?.(name, failureOf({ ...given({ reason, message: errorMessage }) })) ?? nothing;
}

import type { SparkApplicationSpec, SparkApplicationStatus } from '../api/sparkapplication.ts';
import type { ApplicationState } from '../api/states.ts';
import { driverOf } from '../controller/sparkapplication/driver.ts';
import { given } from '../controller/sparkapplication/given.ts';
import type { ContainerView, PodView } from '../controller/sparkapplication/pod-view.ts';
import type { Prepare, Seen } from '../controller/sparkapplication/seen.ts';
import { submissionIdOf } from '../spark/identity.ts';
import { anApp } from './builders.ts';

/** The moment at which all decisions of the tests are taken. */
export const NOW = Date.parse('2026-01-01T12:00:00Z');

/** RFC 3339, so many seconds before `NOW`. */
export const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString().replace('.000', '');

const UID = anApp().metadata.uid;

/** Submission id of an attempt of the test application. */
export const idOf = (attempt: number): string => submissionIdOf(UID, attempt);

/** The hash that the test specification is said to have. */
export const HASH = 'hash-of-the-spec';

/** A driver pod of the test application's first attempt. */
export function aDriverPod(pod: Partial<PodView> = {}): PodView {
  return {
    uid: 'driver-uid',
    namespace: 'default',
    name: 'pi-driver',
    app: 'pi',
    submissionId: idOf(1),
    role: 'driver',
    sparkAppId: 'spark-1',
    executorId: '',
    phase: 'Pending',
    deleting: false,
    ...pod,
  };
}

/** An executor pod of the same attempt. */
export const anExecutorPod = (number: number, pod: Partial<PodView> = {}): PodView =>
  aDriverPod({
    uid: `executor-${number}`,
    name: `pi-exec-${number}`,
    role: 'executor',
    executorId: String(number),
    ...pod,
  });

/** A container that ended. */
export const ended = (
  exitCode: number,
  reason = exitCode === 0 ? 'Completed' : 'Error',
  message = '',
): ContainerView => ({
  kind: 'terminated',
  exitCode,
  reason,
  message,
  finishedAt: ago(1),
});

export interface SeenOptions {
  readonly spec?: Partial<SparkApplicationSpec>;
  readonly metadata?: { readonly deletionTimestamp?: string; readonly generation?: number };
  readonly status?: SparkApplicationStatus;
  readonly pod?: PodView;
  readonly executors?: readonly PodView[];
  readonly specHash?: string;
  readonly live?: boolean;
  readonly mayStart?: boolean;
  readonly driverDeleted?: boolean;
  readonly warnings?: readonly string[];
  readonly prepare?: Prepare;
}

/** Plans nothing in particular; what matters to decisions is that there is a plan. */
export const prepared: Prepare = ({ submissionId }) => ({
  kind: 'Ready',
  plan: { lane: 'Native', sparkApplicationId: `spark-${submissionId}`, driverPod: {}, resources: [], warnings: [] },
  uiService: { metadata: { name: 'pi-ui-svc' } },
  podDefaults: [],
});

/** What the controller would have seen. */
export function seen({ pod, spec, metadata, status, ...options }: SeenOptions = {}): Seen {
  const app = anApp({ ...given({ spec, metadata, status }) });
  return {
    now: NOW,
    app,
    status: app.status ?? {},
    driver: driverOf(pod),
    executors: [],
    live: false,
    mayStart: true,
    driverDeleted: false,
    warnings: [],
    specHash: HASH,
    specHashVersion: 1,
    settings: { driverStartGraceMs: 30_000, driverPodCreationGraceMs: 10_000, maxTrackedExecutors: 1000 },
    prepare: prepared,
    ...options,
  };
}

/** The status of an application that the controller submitted a minute ago, in some state. */
export function statusIn(state: ApplicationState, status: SparkApplicationStatus = {}): SparkApplicationStatus {
  return {
    applicationState: { state },
    submissionID: idOf(1),
    submission: { attempt: 1, lane: 'Native', specHash: HASH, specHashVersion: 1 },
    submissionAttempts: 1,
    executionAttempts: 1,
    lastSubmissionAttemptTime: ago(60),
    driverInfo: { podName: 'pi-driver', webUIServiceName: 'pi-ui-svc' },
    attempts: [{ number: 1, submissionID: idOf(1), driverPodName: 'pi-driver', startTime: ago(60) }],
    conditions: [{ type: 'Submitted', status: 'True', reason: 'Native', message: '', lastTransitionTime: ago(59) }],
    observedGeneration: 1,
    ...status,
  };
}

/** What kubeflow's operator leaves in the status: its UUIDv4, no hash, no conditions, no attempts. */
export const kubeflows = (state: ApplicationState): SparkApplicationStatus => ({
  applicationState: { state },
  submissionID: idOf(1),
  sparkApplicationId: 'spark-1',
  submissionAttempts: 1,
  executionAttempts: 1,
  lastSubmissionAttemptTime: ago(60),
  terminationTime: null,
  driverInfo: { podName: 'pi-driver', webUIServiceName: 'pi-ui-svc' },
});

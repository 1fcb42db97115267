import type { Pod } from '../../api/kubernetes.ts';
import { sparkContainerStatus } from './spark-container.ts';

/** Whether the Spark container has run, so that there is a log to read. */
export const hasStarted = (pod: Pod): boolean => {
  const state = sparkContainerStatus(pod)?.state;
  return state?.running !== undefined || state?.terminated !== undefined || hasEnded(pod);
};

/** Whether the Spark container has ended (a sidecar may keep the pod running). */
export const hasEnded = (pod: Pod): boolean =>
  sparkContainerStatus(pod)?.state?.terminated !== undefined ||
  pod.status?.phase === 'Succeeded' ||
  pod.status?.phase === 'Failed';

/** The pod in a few words: `Running`, `Pending (ImagePullBackOff: Back-off pulling image "x")`, `Failed (exit code 1, OOMKilled)`. */
export function podSummary(pod: Pod): string {
  const phase = pod.metadata?.deletionTimestamp === undefined ? (pod.status?.phase ?? 'Pending') : 'Terminating';
  const detail = [detailOfContainer, detailOfPod].map((detailOf) => detailOf(pod)).find((text) => text !== undefined);
  return detail === undefined ? phase : `${phase} (${detail})`;
}

function detailOfContainer(pod: Pod): string | undefined {
  const { waiting, terminated } = sparkContainerStatus(pod)?.state ?? {};
  if (waiting?.reason !== undefined) return withMessage(waiting.reason, waiting.message);
  return terminated === undefined || pod.status?.phase === 'Succeeded' ? undefined : exitOf(terminated);
}

/** `Error` as reason says no more than an exit code that is not 0. */
const exitOf = ({ exitCode, reason }: { readonly exitCode: number; readonly reason?: string }): string =>
  `exit code ${exitCode}${reason === undefined || reason === 'Error' ? '' : `, ${reason}`}`;

function detailOfPod({ status }: Pod): string | undefined {
  if (status?.reason !== undefined) return withMessage(status.reason, status.message);
  const unscheduled = status?.conditions?.find(
    (condition) => condition.type === 'PodScheduled' && condition.status === 'False',
  );
  return unscheduled === undefined
    ? undefined
    : withMessage(unscheduled.reason ?? 'Unschedulable', unscheduled.message);
}

const withMessage = (reason: string, message: string | undefined): string =>
  message === undefined || message === '' ? reason : `${reason}: ${message}`;

import type { FailureReason } from '../../api/reasons.ts';
import { given } from './given.ts';
import type { PodView } from './pod-view.ts';

/** The driver of the current attempt, as far as decisions care. `Absent` may only mean that the cache lags. */
export type Driver =
  | { readonly phase: 'Absent' }
  | { readonly phase: 'Pending'; readonly pod: PodView }
  | { readonly phase: 'Running'; readonly pod: PodView; readonly startedAt: string | undefined }
  | { readonly phase: 'Succeeded'; readonly pod: PodView; readonly end: DriverEnd }
  | { readonly phase: 'Failed'; readonly pod: PodView; readonly end: DriverEnd & { readonly reason: FailureReason } }
  | { readonly phase: 'Unknown'; readonly pod: PodView };

/** How the driver container ended. */
export interface DriverEnd {
  readonly exitCode?: number;
  /** When, if the kubelet said so (RFC 3339). */
  readonly endTime?: string;
  /** One line in the words that kubeflow uses. */
  readonly errorMessage: string;
  /** The container's last words, else those of the pod. */
  readonly message: string;
}

/** Reasons of the DisruptionTarget condition and of pod.status.reason that mean: this pod was pushed off its node. */
const EVICTIONS: ReadonlySet<string> = new Set([
  'Evicted',
  'Preempted',
  'Preempting',
  'EvictionByEvictionAPI',
  'PreemptionByScheduler',
  'TerminationByKubelet',
]);

/** The same two fields when the node itself went away. */
const NODE_LOSSES: ReadonlySet<string> = new Set([
  'NodeLost',
  'NodeShutdown',
  'Shutdown',
  'Terminated',
  'DeletionByTaintManager',
  'DeletionByPodGC',
]);

/** Reads the driver's phase from its pod. The driver container counts, not the pod: a sidecar may keep the pod Running. */
export function driverOf(pod: PodView | undefined): Driver {
  if (pod === undefined) return { phase: 'Absent' };
  if (pod.container?.kind === 'terminated') return pod.container.exitCode === 0 ? succeeded(pod) : failed(pod);
  switch (pod.phase) {
    case 'Succeeded':
      return succeeded(pod);
    case 'Failed':
      return failed(pod);
    case 'Unknown':
      return { phase: 'Unknown', pod };
    default:
      return runs(pod) ? { phase: 'Running', pod, startedAt: startOf(pod) } : { phase: 'Pending', pod };
  }
}

/** Before a kubelet tells of containers the phase of the pod has to do. */
const runs = ({ container, phase }: PodView): boolean =>
  container?.kind === 'running' || (container === undefined && phase === 'Running');

const startOf = ({ container, startTime }: PodView): string | undefined =>
  container?.kind === 'running' ? (container.startedAt ?? startTime) : startTime;

const succeeded = (pod: PodView): Driver => ({ phase: 'Succeeded', pod, end: endOf(pod) });

const failed = (pod: PodView): Driver => ({ phase: 'Failed', pod, end: { ...endOf(pod), reason: reasonOf(pod) } });

function endOf({ container, message, reason }: PodView): DriverEnd {
  if (container?.kind !== 'terminated') {
    return { errorMessage: 'driver container status missing', message: message ?? reason ?? '' };
  }
  const { exitCode, finishedAt } = container;
  const errorMessage = `driver container failed with ExitCode: ${exitCode}, Reason: ${container.reason}`;
  return {
    exitCode,
    ...given({ endTime: finishedAt }),
    errorMessage: exitCode === 0 ? '' : errorMessage,
    message: container.message === '' ? (message ?? '') : container.message,
  };
}

function reasonOf(pod: PodView): FailureReason {
  const { container } = pod;
  if (container?.kind === 'terminated' && container.reason === 'OOMKilled') return 'DriverOOMKilled';
  if (saysOneOf(pod, EVICTIONS)) return 'DriverEvicted';
  if (saysOneOf(pod, NODE_LOSSES)) return 'NodeLost';
  if (pod.deleting) return 'DriverPodMissing';
  return container?.kind === 'terminated' ? 'ApplicationError' : 'Unknown';
}

const saysOneOf = ({ reason, disruption }: PodView, words: ReadonlySet<string>): boolean =>
  [reason, disruption].some((word) => word !== undefined && words.has(word));

/** Whether the driver container has not ended yet, so that somebody must delete it to stop it. */
export const isAlive = ({ phase }: Driver): boolean =>
  phase === 'Pending' || phase === 'Running' || phase === 'Unknown';

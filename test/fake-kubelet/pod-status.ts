import type { Pod } from '../../api/kubernetes.ts';
import type { Behaviour } from './behaviour.ts';

/** Any address: nobody connects to a fake pod. */
const POD_IP = '10.0.0.1';

const containerName = (pod: Pod): string => pod.spec?.containers[0]?.name ?? 'spark-kubernetes-driver';

const containerStatus = (pod: Pod, state: object, running: boolean): object => ({
  name: containerName(pod),
  image: pod.spec?.containers[0]?.image ?? '',
  imageID: '',
  ready: running,
  started: running,
  restartCount: 0,
  state,
});

const status = (phase: string, statuses: readonly object[], extra: object = {}): object => ({
  phase,
  ...extra,
  containerStatuses: statuses,
});

/** Status of a pod whose container runs since `at`. */
export const runningStatus = (pod: Pod, at: string): object =>
  status('Running', [containerStatus(pod, { running: { startedAt: at } }, true)], { podIP: POD_IP, startTime: at });

/** Status of a pod whose container cannot start. */
export const waitingStatus = (pod: Pod, { waitingReason, waitingMessage }: Behaviour): object =>
  status('Pending', [containerStatus(pod, { waiting: { reason: waitingReason, message: waitingMessage } }, false)]);

/** Status of a pod whose container ended at `at`. */
export function endedStatus(pod: Pod, behaviour: Behaviour, at: string): object {
  const { exitCode, terminatedReason, terminationMessage } = behaviour;
  const terminated = {
    exitCode,
    reason: terminatedReason ?? (exitCode === 0 ? 'Completed' : 'Error'),
    ...(terminationMessage === undefined ? {} : { message: terminationMessage }),
    finishedAt: at,
  };
  return status(exitCode === 0 ? 'Succeeded' : 'Failed', [containerStatus(pod, { terminated }, false)]);
}

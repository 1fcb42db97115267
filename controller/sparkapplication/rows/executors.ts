import type { ExecutorCounts, SparkApplicationStatus } from '../../../api/sparkapplication-status.ts';
import type { Driver } from '../driver.ts';
import { countExecutors, desiredExecutors, trackExecutors, type DriverOutcome } from '../executors.ts';
import { given } from '../given.ts';
import type { Seen } from '../seen.ts';
import { say } from '../status.ts';

const outcomes: Readonly<Record<Driver['phase'], DriverOutcome>> = {
  Absent: 'active',
  Pending: 'active',
  Running: 'active',
  Unknown: 'active',
  Succeeded: 'succeeded',
  Failed: 'failed',
};

/** The status with its executors, counts and Spark's application id as the pods show them now. */
export function refreshExecutors(seen: Seen): SparkApplicationStatus {
  const { status, executors, driver, app, settings } = seen;
  const outcome = outcomes[driver.phase];
  const states = trackExecutors(status.executorState ?? {}, executors, outcome, settings.maxTrackedExecutors);
  const counts = countExecutors(states, status.executors?.desired ?? desiredExecutors(app.spec));
  const refreshed: SparkApplicationStatus = {
    ...status,
    ...(Object.keys(states).length === 0 ? {} : { executorState: states }),
    executors: counts,
    ...identityOf(seen),
  };
  return outcome === 'active' && counts.running > 0 ? sayReady(refreshed, counts, seen) : refreshed;
}

/** Spark's application id (the executors' value wins, as in kubeflow) and the name of the driver pod. */
function identityOf({
  status,
  executors,
  driver,
}: Seen): Pick<SparkApplicationStatus, 'sparkApplicationId' | 'driverInfo'> {
  const pod = driver.phase === 'Absent' ? undefined : driver.pod;
  const id = executors[0]?.sparkAppId ?? pod?.sparkAppId;
  const podName = status.driverInfo?.podName ?? pod?.name;
  return given({
    sparkApplicationId: id === '' ? undefined : id,
    driverInfo: podName === undefined ? undefined : { ...status.driverInfo, podName },
  });
}

function sayReady(
  status: SparkApplicationStatus,
  { running, desired }: ExecutorCounts,
  seen: Seen,
): SparkApplicationStatus {
  return running >= desired
    ? say(status, { type: 'ExecutorsReady', status: 'True', reason: 'AllRunning' }, seen)
    : say(status, { type: 'ExecutorsReady', status: 'False', reason: 'SomeRunning' }, seen);
}

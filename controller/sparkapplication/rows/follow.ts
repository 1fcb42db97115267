import { dropConditions } from '../conditions.ts';
import type { Driver } from '../driver.ts';
import type { Seen } from '../seen.ts';
import { say, setFailed, setSpecHash, setState, setSucceeded } from '../status.ts';
import { millisOf } from '../time.ts';
import { refreshExecutors } from './executors.ts';
import { interrupt, lacksHash } from './interrupt.ts';
import { stateOf, wake, type Next } from './next.ts';
import { followPending } from './pending.ts';
import { nextRunTimeout, runTimeout } from './timeouts.ts';
import { uiServiceIfMissing } from './ui-service.ts';

/** SUBMITTED, RUNNING and UNKNOWN: the application goes where its driver goes. */
export function follow(seen: Seen): Next {
  const interrupted = interrupt(seen);
  if (interrupted !== undefined) return interrupted;
  const known = lacksHash(seen) ? { ...seen, status: setSpecHash(seen.status, seen) } : seen;
  const tracked = { ...known, status: refreshExecutors(known) };
  return byPhase[tracked.driver.phase](tracked);
}

/** One row per phase of the driver. */
const byPhase: Readonly<Record<Driver['phase'], (seen: Seen) => Next>> = {
  Absent: followMissing,
  Pending: followPending,
  Running: followRunning,
  Succeeded: followSucceeded,
  Failed: followFailed,
  Unknown: (seen) => ({ status: setState(seen.status, 'UNKNOWN') }),
};

/** Right after its submission a pod may be missing from the cache only; later its absence is a failure, once confirmed. */
function followMissing(seen: Seen): Next {
  const submitted = millisOf(seen.status.lastSubmissionAttemptTime) ?? 0;
  const graceEnd = submitted + seen.settings.driverPodCreationGraceMs;
  if (stateOf(seen.status) === 'SUBMITTED' && !seen.driverDeleted && seen.now < graceEnd) {
    return { status: seen.status, wakeAt: graceEnd };
  }
  const failed = { state: 'FAILING', reason: 'DriverPodMissing', errorMessage: 'driver pod not found' } as const;
  return { status: setFailed(seen.status, failed, seen), isVerdict: true };
}

function followRunning(seen: Seen): Next {
  const timeout = runTimeout(seen);
  if (timeout !== undefined) return timeout;
  const running = stateOf(seen.status) === 'RUNNING' ? seen.status : setState(seen.status, 'RUNNING');
  const ready = say(running, { type: 'DriverReady', status: 'True', reason: 'Running' }, seen);
  return { status: withCapacity(ready, seen), ...uiServiceIfMissing(seen), ...wake(nextRunTimeout(seen)) };
}

/** Executors that find no node are told of, never failed: capacity may come. */
function withCapacity(status: Seen['status'], seen: Seen): Seen['status'] {
  const waiting = seen.executors.find(({ phase, unschedulable }) => phase === 'Pending' && unschedulable !== undefined);
  if (waiting === undefined) return dropConditions(status, 'WaitingForCapacity');
  if (status.conditions?.some(({ type }) => type === 'WaitingForCapacity') === true) return status;
  const message = `Executor ${waiting.name}: ${waiting.unschedulable ?? ''}`;
  return say(status, { type: 'WaitingForCapacity', status: 'True', reason: 'Unschedulable', message }, seen);
}

function followSucceeded(seen: Seen): Next {
  if (seen.driver.phase !== 'Succeeded') return { status: seen.status };
  return { status: setSucceeded(seen.status, seen.driver.end, seen) };
}

function followFailed(seen: Seen): Next {
  if (seen.driver.phase !== 'Failed') return { status: seen.status };
  const { end } = seen.driver;
  const failed = { state: 'FAILING', reason: end.reason, errorMessage: end.errorMessage, end } as const;
  return { status: setFailed(seen.status, failed, seen), isVerdict: true };
}

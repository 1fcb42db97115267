import type { Seen } from '../seen.ts';
import { setFailed } from '../status.ts';
import { millisOf } from '../time.ts';
import type { Next } from './next.ts';

/** A limit of `spec.timeouts` that runs: when it ends and what to say then. */
interface Deadline {
  readonly at: number;
  readonly message: string;
}

/** The failure of an attempt whose driver container did not run in time (`driverStartSeconds`). */
export const startTimeout = (seen: Seen): Next | undefined => expired(seen, startDeadlines(seen));

/** The failure of a run that takes too long (`executorsStartSeconds`, `runSeconds`). */
export const runTimeout = (seen: Seen): Next | undefined => expired(seen, runDeadlines(seen));

/** When the next limit ends, if one runs. */
export const nextStartTimeout = (seen: Seen): number | undefined => startDeadlines(seen)[0]?.at;

export function nextRunTimeout(seen: Seen): number | undefined {
  const moments = runDeadlines(seen).map(({ at }) => at);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function expired(seen: Seen, deadlines: readonly Deadline[]): Next | undefined {
  const passed = deadlines.find(({ at }) => seen.now >= at);
  if (passed === undefined) return undefined;
  const failed = { state: 'FAILING', reason: 'Timeout', errorMessage: passed.message } as const;
  return { status: setFailed(seen.status, failed, seen), isVerdict: true };
}

function startDeadlines({ app, status }: Seen): readonly Deadline[] {
  const message = 'spec.timeouts.driverStartSeconds: the driver container did not start';
  return deadline(millisOf(status.lastSubmissionAttemptTime), app.spec.timeouts?.driverStartSeconds, message);
}

function runDeadlines({ app, status, driver }: Seen): readonly Deadline[] {
  const started = driver.phase === 'Running' ? millisOf(driver.startedAt) : undefined;
  const { executorsStartSeconds, runSeconds } = app.spec.timeouts ?? {};
  const { running = 0, succeeded = 0, failed = 0 } = status.executors ?? {};
  const waits = running + succeeded + failed === 0 ? executorsStartSeconds : undefined;
  return [
    ...deadline(started, waits, 'spec.timeouts.executorsStartSeconds: no executor started'),
    ...deadline(started, runSeconds, 'spec.timeouts.runSeconds: the driver did not end'),
  ];
}

const deadline = (from: number | undefined, seconds: number | undefined, what: string): readonly Deadline[] =>
  from === undefined || seconds === undefined
    ? []
    : [{ at: from + seconds * 1000, message: `${what} within ${seconds} s` }];

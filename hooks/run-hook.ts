import { sleep } from '../kube/clock.ts';
import type { Hook, HookContext, HookName } from './hook.ts';
import { failure, reportOf, type HookReport } from './report.ts';

/** A hook's world, without the signal that runHook makes. */
export interface HookRun extends Omit<HookContext, 'signal'> {
  readonly name: HookName;
  /** All of the hook's time, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends the hook early: the pod is being stopped. */
  readonly stop: AbortSignal;
}

/** Kept of a hook's time, so that it can still say how far it came when its requests were called off. */
const LAST_WORDS_MS = 1_000;

/** Runs a hook within its time. Never rejects: whatever happens becomes a report. */
export async function runHook(hook: Hook, { name, timeoutMs, stop, ...world }: HookRun): Promise<HookReport> {
  const { clock } = world;
  const ending = new AbortController();
  const over = new Error(`Not done within ${timeoutMs / 1000} s`);
  const callOff = clock.after(Math.max(timeoutMs - LAST_WORDS_MS, timeoutMs / 2), () => ending.abort(over));
  const giveUp = new AbortController();
  const signal = AbortSignal.any([ending.signal, stop]);
  try {
    return await Promise.race([
      hook({ ...world, signal }).then(
        (outcome) => reportOf(name, outcome),
        (error: unknown) => failure(name, error),
      ),
      sleep(clock, timeoutMs, giveUp.signal).then(() => failure(name, over)),
    ]);
  } finally {
    callOff();
    giveUp.abort();
  }
}

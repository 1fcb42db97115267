import { setTimeout as delay } from 'node:timers/promises';

/** How long and how often to look, in milliseconds. */
export interface Patience {
  readonly timeoutMs: number;
  readonly everyMs?: number;
}

/** Looks until the condition holds: true. False when the time is over. An error of the condition is thrown on. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  { timeoutMs, everyMs = 50 }: Patience,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await delay(everyMs);
  }
  return true;
}

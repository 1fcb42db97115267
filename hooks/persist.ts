import { sleep } from '../kube/clock.ts';
import { isConflict, isUnavailable } from '../kube/errors.ts';
import type { HookContext } from './hook.ts';

const TRIES = 3;
const PAUSE_MS = 1_000;

/**
 * Repeats a request that may be sent twice when the API server gave no answer, failed, or met another writer: a hook has one
 * chance, and the server may be starting. Rejects with the last error, or with the reason of the signal.
 */
export async function persist<T>(
  { clock, signal }: Pick<HookContext, 'clock' | 'signal'>,
  request: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      if (attempt === TRIES || !(isUnavailable(error) || isConflict(error))) throw error;
      await sleep(clock, PAUSE_MS * attempt, signal);
      signal.throwIfAborted();
    }
  }
}

import type { Cli } from './cli.ts';
import { exitCode } from './exit-code.ts';
import { UserError } from '../terminal/user-error.ts';

/** What one look at the world told: the thing waited for, or why it is not there yet. */
export type Look<T> = { readonly found: T } | { readonly pending: string };

interface Patience {
  /** What is waited for, as in `Timed out after 30s waiting for <what>`. */
  readonly what: string;
  /** Undefined: as long as it takes. */
  readonly timeoutMs?: number;
}

/** Between two looks: short enough for people, harmless for an API server. */
const POLL_MS = 1000;

/**
 * Looks once a second until the thing is there, and says on standard error what it waits for, once for each new reason.
 * @throws UserError with exit code 4 (time is up, with the last reason) or 130 (interrupted)
 */
export async function poll<T>(cli: Cli, patience: Patience, look: () => Promise<Look<T>>): Promise<T> {
  const start = cli.now().getTime();
  for (let said = ''; ;) {
    failWhenInterrupted(cli);
    const seen = await look();
    if ('found' in seen) return seen.found;
    const { timeoutMs } = patience;
    if (timeoutMs !== undefined && cli.now().getTime() - start >= timeoutMs) {
      throw new UserError(
        `timed out after ${Math.round(timeoutMs / 1000)}s waiting for ${patience.what}: ${seen.pending}`,
        { exitCode: exitCode.timeout },
      );
    }
    if (seen.pending !== said) cli.terminal.printError(`Waiting for ${patience.what}: ${seen.pending}`);
    said = seen.pending;
    await cli.sleep(POLL_MS);
  }
}

/** @throws UserError with exit code 130 once Ctrl-C was pressed */
export function failWhenInterrupted({ interrupted }: Cli): void {
  if (interrupted.aborted) throw new UserError('interrupted', { exitCode: exitCode.interrupted });
}

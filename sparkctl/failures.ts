import { exitCode } from './exit-code.ts';
import { UserError } from '../terminal/user-error.ts';

/** Throws what failed, if anything did: one failure as itself, several as one with a line each and the exit code of the first. */
export function throwFailures(failures: readonly unknown[]): void {
  const [first] = failures;
  if (failures.length === 1) throw first;
  if (failures.length === 0) return;
  const messages = failures.map((failure) => (failure instanceof Error ? failure.message : String(failure)));
  throw new UserError([...new Set(messages)].join('\n'), {
    exitCode: first instanceof UserError ? first.exitCode : exitCode.failed,
    cause: first,
  });
}

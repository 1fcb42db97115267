import { exitCode, type ExitCode } from './exit-code.ts';

/** An error that the person at the keyboard can act on: only its message is printed, never a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code = 'USER';

  readonly exitCode: ExitCode;

  constructor(message: string, options: { exitCode?: ExitCode; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.exitCode = options.exitCode ?? exitCode.failed;
  }
}

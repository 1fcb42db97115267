/** An error that the person at the keyboard can act on: only its message is printed, never a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code = 'USER';

  /** What the program ends with: each program has a table of its exit codes. 1 unless told. */
  readonly exitCode: number;

  constructor(message: string, options: { exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.exitCode = options.exitCode ?? 1;
  }
}

/** Helm could not be started, or ended with another code than 0. */
export class HelmError extends Error {
  override readonly name = 'HelmError';
  readonly code = 'HELM';
  /** True when there is no such program on the path. */
  readonly missing: boolean;
  /** Everything that it printed: the logs of hooks go to standard output, the reason to standard error. */
  readonly output: string;

  constructor(
    message: string,
    facts: { readonly missing?: boolean; readonly output?: string; readonly cause?: unknown },
  ) {
    super(message, { cause: facts.cause });
    this.missing = facts.missing ?? false;
    this.output = facts.output ?? '';
  }
}

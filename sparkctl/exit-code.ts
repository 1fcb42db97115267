/** What the shell sees when sparkctl ends. The table is printed in `sparkctl --help` and in docs/sparkctl.md. */
export const exitCode = {
  ok: 0,
  failed: 1,
  usage: 2,
  notInstalled: 3,
  timeout: 4,
  unreachable: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** One sentence for each exit code, in ascending order. */
export const exitCodeMeaning: readonly (readonly [ExitCode, string])[] = [
  [exitCode.ok, 'done'],
  [exitCode.failed, 'refused or failed: not found, exists already, forbidden, invalid manifest'],
  [exitCode.usage, 'wrong command line: unknown command or flag, missing argument'],
  [exitCode.notInstalled, 'the operator is not installed in this cluster (its CRDs are missing)'],
  [exitCode.timeout, 'what was waited for did not happen in time'],
  [exitCode.unreachable, 'no usable kubeconfig, or the API server cannot be reached or does not know the credentials'],
  [exitCode.interrupted, 'interrupted with Ctrl-C while following'],
];

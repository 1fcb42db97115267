/** What the shell sees when opsparkctl ends. The table is printed in `opsparkctl --help` and in docs/opsparkctl.md. */
export const exitCode = {
  ok: 0,
  failed: 1,
  usage: 2,
  authentication: 3,
  forbidden: 4,
  notFound: 5,
  conflict: 6,
  timedOut: 7,
  clusterFailed: 8,
  unreachable: 9,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** One sentence for each exit code, in ascending order. */
export const exitCodeMeaning: readonly (readonly [ExitCode, string])[] = [
  [exitCode.ok, 'done'],
  [exitCode.failed, 'failed for another reason: the message says it'],
  [exitCode.usage, 'wrong command line, site profile or clouds.yaml'],
  [exitCode.authentication, 'Keystone does not accept the login'],
  [exitCode.forbidden, 'not allowed, or over a quota'],
  [exitCode.notFound, 'no such cluster, template, flavor, keypair, bucket, or endpoint in the catalog'],
  [exitCode.conflict, 'the name is taken, or fits more than one: nothing was changed'],
  [exitCode.timedOut, 'not finished in time; the work goes on, and the same command waits for it again'],
  [exitCode.clusterFailed, 'Magnum reports that the cluster failed'],
  [exitCode.unreachable, 'a service cannot be reached or does not answer'],
  [exitCode.interrupted, 'interrupted with Ctrl-C; the same command goes on where it was'],
];

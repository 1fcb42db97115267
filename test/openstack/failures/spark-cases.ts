import type { FailureCase } from './failure-case.ts';

const helm = 'Helm missing or refusing';
const store = 'EC2 refused';

/** What may go wrong with the operator and its history server. */
export const sparkCases = {
  helmMissing: {
    row: helm,
    when: 'there is no Helm on the path',
    command: 'create spark --no-s3',
    message:
      'helm is not on the path: install Helm 3.14 or newer (https://helm.sh/docs/intro/install), or name it in OPSPARKCTL_HELM',
    exitCode: 1,
  },
  helmTooOld: {
    row: helm,
    when: 'Helm is too old',
    command: 'create spark --no-s3',
    message: 'Helm 3.9.1 is too old: install Helm 3.14 or newer',
    exitCode: 1,
  },
  wrongValue: {
    row: helm,
    when: 'the chart knows no such value',
    command: 'create spark --no-s3 --no-wait --set nonsense=1',
    message:
      "error: helm: values don't meet the specifications of the schema(s) in the following chart(s):…additional properties 'nonsense' not allowed",
    exitCode: 1,
  },
  noChart: {
    row: helm,
    when: 'there is no chart where one was named',
    command: 'create spark --no-s3 --no-wait --chart nowhere',
    message: 'error: helm: …nowhere…not found',
    exitCode: 1,
  },
  historyWithoutOperator: {
    row: 'no operator to work on',
    when: 'a history server is wanted before the operator is there',
    command: 'create spark-history',
    message:
      'there is no release "spark-operator" in namespace "spark-operator": run "opsparkctl create spark" first, or name another one with --release and --namespace',
    exitCode: 5,
  },
  ec2Refused: {
    row: store,
    when: 'a restricted application credential puts the operator on a cluster',
    command: 'create spark --no-wait',
    message:
      'Keystone refuses this login an S3 key (EC2 credential): …or install without S3 and history (create spark --no-s3)',
    exitCode: 4,
  },
  withoutStore: {
    row: store,
    when: 'the same login goes on without S3',
    command: 'create spark --no-s3 --no-wait --set hook.enable=false',
    message: 'release spark-operator … created … new pods: spark-operator-controller, spark-operator-webhook',
    exitCode: 0,
  },
  historyWithoutLogs: {
    row: store,
    when: 'a history server is wanted where no S3 defaults are',
    command: 'create spark-history --no-wait',
    message:
      'nobody knows where the event logs are: namespace "spark-operator" has no S3 defaults. Run "opsparkctl create spark" or "opsparkctl s3 init", or name a place with --log-directory',
    exitCode: 5,
  },
  bucketTaken: {
    row: 'bucket exists elsewhere / name invalid',
    when: 'the operator shall write to a bucket of another project',
    command: 'create spark --no-wait --bucket theirs',
    message: 'It belongs to another project: choose another name with --bucket',
    exitCode: 6,
  },
  stillRunning: {
    row: 'applications run',
    when: 'the operator shall go while an application has not ended',
    command: 'delete spark --yes',
    message:
      '1 application has not ended, so the operator stays:\n  default/pi (NEW)\nwait for them, delete them (sparkctl delete), or say --force: their pods go on without anyone to watch them',
    exitCode: 6,
  },
  nobodyToAsk: {
    row: 'nobody can be asked',
    when: 'something shall be deleted in a pipe, without --yes',
    command: 'delete spark --force --keep-s3-key',
    message: 'nothing was deleted: say --yes, as nobody can be asked here',
    exitCode: 2,
  },
} as const satisfies Readonly<Record<string, FailureCase>>;

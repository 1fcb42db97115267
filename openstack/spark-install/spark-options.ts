import { Option, type Command } from 'commander';

import { dryRunOption, noWaitOption, timeoutOption } from '../arguments.ts';
import { addClusterOption } from '../kubeconfig/cluster-option.ts';
import { outputOption, type OutputFormat } from '../output.ts';
import { addS3Options, type S3Flags } from '../s3/s3-options.ts';
import { serviceTypes, type ServiceType } from './history-values.ts';

/** What the command line says about the operator and its history server. The names are commander's for the flags below. */
export interface SparkFlags extends Partial<S3Flags> {
  readonly namespace?: string;
  readonly release: string;
  readonly output: OutputFormat;
  readonly chart?: string;
  readonly jobNamespace?: readonly string[];
  readonly set?: readonly string[];
  readonly setString?: readonly string[];
  readonly setJson?: readonly string[];
  readonly setFile?: readonly string[];
  readonly values?: readonly string[];
  readonly resetValues?: boolean;
  /** False with `--no-s3`. */
  readonly s3?: boolean;
  readonly service?: ServiceType;
  readonly ingressHost?: string;
  readonly ingressClass?: string;
  readonly ingressTlsSecret?: string;
  readonly logDirectory?: string;
  readonly claim?: string;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly wait?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly deleteCrds?: boolean;
  readonly keepS3Key?: boolean;
}

/** Time for the pods of the release, when nothing else is said. */
export const DEFAULT_TIMEOUT_MS = 5 * 60_000;
export const DEFAULT_TIMEOUT = '5m';

/** Name of the Helm release, and of its namespace where neither flag nor profile says another. */
export const DEFAULT_NAME = 'spark-operator';

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Which cluster, which release on it, and how the result is printed. */
export const addTargetOptions = (command: Command): Command =>
  addClusterOption(command)
    .option('-n, --namespace <name>', `namespace of the operator (default: of the site profile, else ${DEFAULT_NAME})`)
    .option('--release <name>', "Helm's name of the operator", DEFAULT_NAME)
    .addOption(outputOption());

/** What is installed, and with which values. */
export const addChartOptions = (command: Command): Command =>
  command
    .option('--chart <chart>', 'another chart than the one in this package: a folder, an archive or an OCI address')
    .addOption(repeatable('--set <values>', 'values for the chart, as helm takes them; may be repeated'))
    .addOption(repeatable('--set-string <values>', 'the same, always as text'))
    .addOption(repeatable('--set-json <values>', 'the same, as JSON'))
    .addOption(repeatable('--set-file <values>', 'the same, from files'))
    .addOption(repeatable('-f, --values <file>', 'a file of values; may be repeated'))
    .option(
      '--reset-values',
      'forget the values of earlier runs: what counts is this command line and the site profile',
    )
    .addOption(timeoutOption(DEFAULT_TIMEOUT))
    .addOption(noWaitOption())
    .addOption(dryRunOption());

const repeatable = (flags: string, description: string): Option => new Option(flags, description).argParser(collect);

/** Where the event logs go and with which keys. */
export const addStoreOptions = (command: Command): Command =>
  addS3Options(
    command
      .option(
        '--job-namespace <name>',
        'namespace whose applications are run; made when it is not there; may be repeated',
        collect,
      )
      .option('--no-s3', 'leave the object store alone: no bucket, no keys, no defaults for event logs'),
  );

/** How the history server is reached and what it reads. */
export const addHistoryOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--service <type>', 'how it is reached (default: of the site profile, else ClusterIP)').choices(
        serviceTypes,
      ),
    )
    .option(
      '--ingress-host <name>',
      'host of an Ingress; an empty one removes the Ingress. The history server has no login of its own',
    )
    .option('--ingress-class <name>', 'class of the Ingress')
    .option('--ingress-tls-secret <name>', "Secret with the certificate of the Ingress, in the operator's namespace")
    .option('--log-directory <url>', 'where the event logs are (default: the bucket of create spark)')
    .option(
      '--claim <name>',
      'PersistentVolumeClaim with the logs, mounted at /spark-history, for --log-directory file:///spark-history',
    );

/** The values that go to Helm as they were typed, in Helm's own order: files first. */
export const valueFlags = (flags: SparkFlags): readonly string[] => [
  ...each('--values', flags.values),
  ...each('--set', flags.set),
  ...each('--set-string', flags.setString),
  ...each('--set-json', flags.setJson),
  ...each('--set-file', flags.setFile),
];

const each = (flag: string, values: readonly string[] = []): readonly string[] =>
  values.flatMap((value) => [flag, value]);

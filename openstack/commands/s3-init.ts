import { Command } from 'commander';

import { UserError } from '../../terminal/user-error.ts';
import { dryRunOption } from '../arguments.ts';
import type { Cli } from '../cli.ts';
import { addCloudOptions } from '../cloud-config/cloud-options.ts';
import { exitCode } from '../exit-code.ts';
import { explainFailure } from '../explain-failure.ts';
import { globalFlagsOf } from '../global-options.ts';
import { clusterAccess } from '../kubeconfig/cluster-access.ts';
import { addClusterOption } from '../kubeconfig/cluster-option.ts';
import { type OutputFormat, outputOption, printResult } from '../output.ts';
import { ensureS3Defaults } from '../s3/ensure-s3-defaults.ts';
import { EVENT_LOG_FOLDER, S3_POD_DEFAULTS, S3_SECRET } from '../s3/objects.ts';
import { type PreparedBucket, prepareBucket } from '../s3/prepare-bucket.ts';
import { addS3Options, givenKeys, type GivenKeys, type S3Flags } from '../s3/s3-options.ts';
import type { S3Outcome, S3Request } from '../s3/s3-request.ts';
import { storeOf } from '../s3/store-of.ts';
import { loadProfile } from '../site-profile/load-profile.ts';
import { type OpenCloud, withCloud } from '../with-cloud.ts';

interface Flags extends S3Flags {
  readonly cluster?: string;
  readonly apply?: boolean;
  readonly operatorNamespace: string;
  readonly dryRun?: boolean;
  readonly output: OutputFormat;
}

/** `opsparkctl s3 init` */
export const s3InitCommand = (cli: Cli): Command => {
  const command = new Command('init')
    .description('Make the bucket for event logs, and try whether it can be written, read and listed')
    .argument('[cluster]', 'cluster that the bucket is for: it gives the bucket its name')
    .option('--apply', 'also write keys and SparkPodDefaults into the cluster that --cluster, or kubectl, names')
    .option('--operator-namespace <name>', 'namespace of the operator there', 'spark-operator')
    .addOption(dryRunOption())
    .addOption(outputOption());
  return addCloudOptions(addClusterOption(addS3Options(command))).action(
    async (name: string | undefined, flags: Flags, self: Command) => {
      const keys = (await givenKeys(cli, flags)) ?? keysOf(cli);
      const request = await requestOf(cli, { name, flags, command: self });
      const work = { request, keys, flags, command: self };
      // Nobody logs in for a store that is fully described.
      if (keys !== undefined && request.bucket !== undefined && request.endpoint !== undefined)
        return explained({ bucket: request.bucket }, () => initialise(cli, { ...work, cloud: undefined }));
      return withCloud(cli, self, (cloud) => {
        const about = { cloud: cloud.config, login: cloud.login, bucket: request.bucket };
        return explained(about, () => initialise(cli, { ...work, cloud }));
      });
    },
  );
};

async function explained(about: Parameters<typeof explainFailure>[1], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw explainFailure(error, about);
  }
}

/** The variables that every S3 tool reads. They may be for another store, so it is said when they are used. */
function keysOf({ env, terminal }: Cli): GivenKeys | undefined {
  const { AWS_ACCESS_KEY_ID: accessKey = '', AWS_SECRET_ACCESS_KEY: secretKey = '' } = env;
  if (accessKey === '' || secretKey === '') return undefined;
  terminal.printError('Using the S3 keys of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  return { accessKey, secretKey };
}

interface Asked {
  readonly name: string | undefined;
  readonly flags: Flags;
  readonly command: Command;
}

async function requestOf(cli: Cli, { name, flags, command }: Asked): Promise<S3Request> {
  const { s3 } = (await loadProfile(cli, globalFlagsOf(command))).spark;
  const bucket = flags.bucket ?? s3.bucket;
  const clusterName = name ?? flags.cluster;
  if (bucket === undefined && clusterName === undefined)
    throw new UserError('name the cluster that the bucket is for, or the bucket (--bucket)', {
      exitCode: exitCode.usage,
    });
  return {
    clusterName: clusterName ?? '',
    bucket,
    endpoint: flags.endpoint ?? s3.endpoint,
    region: flags.s3Region ?? s3.region,
    operatorNamespace: flags.operatorNamespace,
    eventLogFolder: EVENT_LOG_FOLDER,
    pathStyle: flags.pathStyle && s3.pathStyle !== false,
  };
}

interface Initialising {
  readonly cloud: OpenCloud | undefined;
  readonly request: S3Request;
  readonly keys: GivenKeys | undefined;
  readonly flags: Flags;
  readonly command: Command;
}

async function initialise(cli: Cli, { cloud, request, keys, flags, command }: Initialising): Promise<void> {
  const { session, config } = { session: cloud?.session, config: cloud?.config };
  if (flags.dryRun === true) {
    const { bucket, endpoint, region } = await storeOf({ session, config }, request);
    const plan = { bucket, endpoint, region, marker: `${request.eventLogFolder}/` };
    await printResult(cli.terminal, flags.output, plan, [`would prepare bucket ${bucket} at ${endpoint} (${region})`]);
    return;
  }
  const world = { session, config, openBucket: cli.openBucket, now: cli.now };
  const prepared = await cli.progress.step('Bucket', () => prepareBucket(world, request, keys), '2 s');
  const wantsApply = flags.apply === true || flags.cluster !== undefined;
  const applied = wantsApply
    ? await cli.progress.step('Keys and defaults in the cluster', () =>
        apply(cli, command, { ...request, keys }, world),
      )
    : undefined;
  for (const warning of new Set([...prepared.warnings, ...(applied?.warnings ?? [])]))
    cli.terminal.printError(`Warning: ${warning}`);
  const result = { ...applied, ...prepared, warnings: undefined };
  await printResult(cli.terminal, flags.output, result, lines(prepared, request, applied));
}

type World = Omit<Parameters<typeof ensureS3Defaults>[0], 'client'>;

async function apply(cli: Cli, command: Command, request: S3Request, world: World): Promise<S3Outcome> {
  const kubernetes = await clusterAccess(cli, command);
  try {
    return await ensureS3Defaults({ ...world, client: kubernetes.client }, request);
  } finally {
    await kubernetes.close();
  }
}

function lines(bucket: PreparedBucket, request: S3Request, applied: S3Outcome | undefined): readonly string[] {
  const { bucket: name, endpoint, region, eventLogFolder, bucketMade, roundTripMs } = bucket;
  const there = bucketMade ? 'made' : 'was there';
  return [
    `bucket ${name} at ${endpoint} (${region}): ${there}; written, read and listed in ${roundTripMs} ms`,
    `event logs go to s3a://${name}/${eventLogFolder}`,
    ...(applied === undefined
      ? []
      : [
          `Secret ${request.operatorNamespace}/${S3_SECRET}: ${applied.secret} (access key ${applied.accessKey})`,
          `SparkPodDefaults ${request.operatorNamespace}/${S3_POD_DEFAULTS}: ${applied.podDefaults}`,
        ]),
  ];
}

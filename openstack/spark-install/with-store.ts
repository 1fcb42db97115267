import type { Command } from 'commander';

import type { Cli } from '../cli.ts';
import { ensureS3Defaults } from '../s3/ensure-s3-defaults.ts';
import { EVENT_LOG_FOLDER } from '../s3/objects.ts';
import type { S3Outcome, S3Request, S3World } from '../s3/s3-request.ts';
import { change } from '../state/cluster-state.ts';
import { readState, updateState, type StateOwner } from '../state/state.ts';
import { withCloud, type OpenCloud } from '../with-cloud.ts';
import { givenKeys } from '../s3/s3-options.ts';
import type { InClusterState } from './in-cluster-state.ts';
import type { S3Made } from './order.ts';
import type { OpenSpark } from './with-spark.ts';

/** What a command does with the object store, and what it knows of the cluster then. */
export interface Store {
  readonly ensureS3: (() => Promise<S3Made>) | undefined;
  readonly facts: InClusterState;
}

/**
 * Logs in to the cloud for as long as `use` takes, when the object store needs it: with --no-s3, or where bucket, endpoint and keys
 * are all given, nobody logs in.
 */
export async function withStore<T>(
  cli: Cli,
  { command, spark }: { readonly command: Command; readonly spark: OpenSpark },
  use: (store: Store) => Promise<T>,
): Promise<T> {
  const known = factsOf(spark);
  if (spark.flags.s3 === false) return use({ ensureS3: undefined, facts: known });
  const request = await requestOf(cli, spark);
  if (request.keys !== undefined && request.bucket !== undefined && request.endpoint !== undefined) {
    const world = worldOf(cli, spark, undefined);
    return use({ ensureS3: () => ensure(cli, world, request), facts: known });
  }
  return withCloud(cli, command, async (cloud) => {
    const { config, login } = cloud;
    const owner = { cloud: config.name, projectId: login.project?.id ?? '' };
    const ensureS3 = async (): Promise<S3Made> => {
      const made = await ensure(cli, worldOf(cli, spark, cloud), {
        ...request,
        ...(await foreignKeys(cli, owner, request)),
      });
      await rememberStore(cli, owner, request.clusterUuid, made);
      return made;
    };
    const facts = {
      ...known,
      cloud: owner.cloud,
      projectId: owner.projectId,
      osRegion: config.region ?? known.osRegion,
    };
    return use({ ensureS3, facts });
  });
}

/** What the kubeconfig, and an earlier run, say of the cluster. */
export const factsOf = ({ facts: { origin }, state }: OpenSpark): InClusterState => ({
  ...state,
  cluster: origin?.cluster ?? state?.cluster,
  clusterUuid: origin?.uuid ?? state?.clusterUuid,
  osRegion: origin?.region ?? state?.osRegion,
});

/** Flags count most, then the profile, then what the cluster itself says of an earlier run. */
async function requestOf(cli: Cli, spark: OpenSpark): Promise<S3Request> {
  const { cluster = spark.facts.context ?? 'spark', clusterUuid } = factsOf(spark);
  return {
    ...placeOf(spark),
    clusterName: cluster,
    clusterUuid,
    keys: await givenKeys(cli, spark.flags),
    operatorNamespace: spark.namespace,
    eventLogFolder: EVENT_LOG_FOLDER,
  };
}

function placeOf({
  flags,
  profile,
  state = {},
}: OpenSpark): Pick<S3Request, 'bucket' | 'endpoint' | 'region' | 'pathStyle'> {
  const { s3 } = profile.spark;
  return {
    bucket: flags.bucket ?? s3.bucket ?? state.bucket,
    endpoint: flags.endpoint ?? s3.endpoint ?? state.endpoint,
    region: flags.s3Region ?? s3.region ?? state.s3Region,
    pathStyle: flags.pathStyle !== false && (s3.pathStyle ?? state.pathStyle !== 'false'),
  };
}

const worldOf = ({ openBucket, now }: Cli, { kubernetes }: OpenSpark, cloud: OpenCloud | undefined): S3World => ({
  ...{ openBucket, now },
  ...{ session: cloud?.session, config: cloud?.config, client: kubernetes.client },
});

async function ensure({ terminal }: Cli, world: S3World, request: S3Request): Promise<S3Made> {
  const outcome: S3Outcome = await ensureS3Defaults(world, request);
  for (const warning of outcome.warnings) terminal.printError(`Warning: ${warning}`);
  const { pathStyle, eventLogFolder } = request;
  return { ...outcome, pathStyle, eventLogFolder, keys: outcome.keyOurs ? 'ours' : 'given' };
}

/** Keys that this person's other clusters use are never taken for this one's. */
async function foreignKeys(
  cli: Cli,
  owner: StateOwner,
  { clusterUuid }: S3Request,
): Promise<Pick<S3Request, 'foreignAccessKeys'>> {
  const clusters = await readState(cli, owner);
  const others = clusters.filter(({ uuid }) => uuid !== clusterUuid);
  return { foreignAccessKeys: others.flatMap(({ accessKey }) => accessKey ?? []) };
}

/** A cluster that was made from elsewhere is not in the file, and need not be. */
async function rememberStore(cli: Cli, owner: StateOwner, uuid: string | undefined, made: S3Made): Promise<void> {
  const known = (await readState(cli, owner)).find((cluster) => cluster.uuid === uuid);
  if (known === undefined) return;
  const { bucket, accessKey } = made;
  const steps = { ...known.steps, s3: cli.now().toISOString() };
  const ours = made.keys === 'ours' ? { accessKey } : {};
  await updateState(cli, owner, (clusters) => change(clusters, known.uuid, { bucket, ...ours, steps }));
}

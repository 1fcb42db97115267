import { sleep } from '../../kube/clock.ts';
import type { CloudConfig } from '../../openstack/cloud-config/cloud-config.ts';
import { magnum } from '../../openstack/container-infra/magnum-client.ts';
import type { Session } from '../../openstack/identity/session.ts';
import type { Bucket, ObjectStoreSettings } from '../../openstack/object-store/object-store.ts';
import { bucketName } from '../../openstack/s3/bucket-name.ts';
import { ensureS3Defaults, type S3Outcome } from '../../openstack/s3/ensure-s3-defaults.ts';
import { EVENT_LOG_FOLDER } from '../../openstack/s3/objects.ts';
import type { HookContext } from '../hook.ts';
import { clusterIdentity, type ClusterIdentity } from './cluster-identity.ts';
import type { About } from './failure.ts';
import { keepState } from './keep-state.ts';
import type { S3Keys } from './mounted-secrets.ts';
import { patientClient } from './patient-client.ts';
import type { OpenStackInitSettings } from './settings.ts';

/** The cloud, as the hook reaches it. */
export interface CloudWorld {
  readonly openSession: (config: CloudConfig) => Session;
  readonly openBucket: (settings: ObjectStoreSettings, bucket: string) => Bucket;
}

/** How far the hook is: its last words, should it fail or run out of time. */
export interface Doing {
  what: string;
  about: About;
}

export interface Preparation {
  readonly settings: OpenStackInitSettings;
  readonly world: CloudWorld;
  readonly context: HookContext;
  readonly cloud: CloudConfig;
  /** Keys that a person gave. Undefined: keys are made. */
  readonly keys: S3Keys | undefined;
}

/** What is there afterwards. */
export interface Prepared {
  readonly cluster: ClusterIdentity;
  readonly projectId: string;
  readonly s3: S3Outcome;
}

/** Magnum's answer is nice to have. */
const MAGNUM_PATIENCE_MS = 10_000;

/**
 * Logs in, finds out which cluster this is, and makes what is missing. Safe to repeat.
 *
 * @throws OpenStackError, ObjectStoreError, ApiError; Error for a login without a project
 */
export async function prepare(preparation: Preparation, doing: Doing): Promise<Prepared> {
  const { settings, world, context, cloud } = preparation;
  const { log, clock, signal } = context;
  const session = world.openSession(cloud);
  try {
    doing.what = `log in to Keystone at ${cloud.authUrl}`;
    log.info({ cloud: cloud.name, keystone: cloud.authUrl }, 'Logging in');
    const { project } = await session.login();
    if (project === undefined) throw new Error(`The entry "${cloud.name}" of clouds.yaml names no project`);
    doing.what = 'ask Magnum for the cluster';
    const patience = (): Promise<void> => sleep(clock, MAGNUM_PATIENCE_MS, signal);
    const cluster = await clusterIdentity(settings, magnum(session), patience);
    const bucket = settings.bucket ?? bucketName(cluster.name, project.id);
    doing.about = { ...doing.about, bucket };
    doing.what = `prepare the bucket ${bucket}`;
    log.info({ bucket, cluster: cluster.name }, 'Preparing the object store');
    const s3 = await ensureS3(preparation, { session, cluster, bucket });
    doing.what = 'keep what is known of the cluster';
    await keep(preparation, { cluster, projectId: project.id, s3 });
    return { cluster, projectId: project.id, s3 };
  } finally {
    await session.close();
  }
}

interface Found {
  readonly session: Session;
  readonly cluster: ClusterIdentity;
  readonly bucket: string;
}

function ensureS3(
  { settings, world, context, cloud: config, keys }: Preparation,
  { session, cluster, bucket }: Found,
): Promise<S3Outcome> {
  const now = (): Date => new Date(context.clock.now());
  const { openBucket } = world;
  return ensureS3Defaults(
    { session, config, client: patientClient(context), openBucket, now },
    {
      clusterName: cluster.name,
      clusterUuid: cluster.uuid,
      bucket,
      endpoint: settings.s3.endpoint,
      region: settings.s3.region,
      keys,
      operatorNamespace: settings.namespace,
      eventLogFolder: EVENT_LOG_FOLDER,
      pathStyle: settings.s3.pathStyle,
    },
  );
}

async function keep({ settings, context, cloud, keys }: Preparation, prepared: Prepared): Promise<void> {
  const { cluster, projectId, s3 } = prepared;
  await keepState(patientClient(context), settings.namespace, {
    cluster: cluster.name,
    clusterUuid: cluster.uuid,
    cloud: cloud.name,
    projectId,
    osRegion: cloud.region,
    release: settings.release,
    bucket: s3.bucket,
    endpoint: s3.endpoint,
    s3Region: s3.region,
    pathStyle: String(settings.s3.pathStyle),
    accessKey: s3.accessKey,
    keys: keys === undefined ? 'ours' : 'given',
  });
}

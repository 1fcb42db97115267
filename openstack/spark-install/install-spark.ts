import type { KubernetesObject } from '../../api/kubernetes.ts';
import { resources } from '../../kube/resources.ts';
import type { Step } from '../../terminal/progress.ts';
import { applyObject, found, MANAGED_LABELS, type Outcome } from './apply-object.ts';
import { changedObjects, isSame } from './changed-objects.ts';
import { applyCrds, nameOf, parseCrds, untilServed } from './crds.ts';
import { earlierValues } from './earlier-values.ts';
import { desiredValues, jobNamespacesOf } from './desired-values.ts';
import { failedRelease } from './failed-release.ts';
import type { Release, ReleaseOrder } from './helm.ts';
import { requireHelm } from './helm-version.ts';
import { historyAddress } from './history-address.ts';
import { writeInClusterState } from './in-cluster-state.ts';
import type { S3Made, SparkOrder, SparkWorld } from './order.ts';
import type { SparkReport, StepReport } from './report.ts';
import { templatesOf } from './rollout.ts';
import { s3InCluster } from './s3-in-cluster.ts';
import type { S3Location } from './s3-location.ts';
import { settledRelease } from './settle-release.ts';
import { valueAt, type Values } from './values.ts';
import { withTurn, type Turn } from './turn.ts';
import { waitForPods } from './wait-for-pods.ts';

/**
 * Brings a cluster to what was ordered: namespaces, definitions, object store, state, release, pods. Each step looks first, so a
 * run that was interrupted is finished by the next one, and one that was not changes nothing.
 * @throws UserError for what a person can act on; ApiError, OpenStackError and ObjectStoreError as they come
 */
export async function installSpark(world: SparkWorld, order: SparkOrder): Promise<SparkReport> {
  const version = await requireHelm(world.helm);
  const namespace = await ensureNamespace(world, order.namespace);
  return withTurn(world.cli, { client: world.client, namespace: order.namespace }, (turn) =>
    installInTurn(world, order, { turn, steps: [namespace], version }),
  );
}

interface Begun {
  readonly turn: Turn;
  readonly steps: StepReport[];
  /** Of Helm. */
  readonly version: string;
}

async function installInTurn(
  world: SparkWorld,
  order: SparkOrder,
  { turn, steps, version }: Begun,
): Promise<SparkReport> {
  const { cli, client, helm } = world;
  const before = await cli.progress.step('Looking at the cluster', (step) => settledRelease(cli, { helm, turn }, step));
  const previous = await earlierValues(helm, before, order);
  steps.push(await ensureCrds(world, order, mergedHook(previous, order.site)));
  const store = await ensureStore(world, steps);
  const s3 = store ?? (await s3InCluster(client, order.namespace));
  steps.push(await rememberInCluster(world, order, store, s3));
  const values = desiredValues({ ...order, previous, s3 });
  for (const name of jobNamespacesOf(values)) steps.push(await ensureNamespace(world, name));
  const wanted: ReleaseOrder = { chart: order.chart, values, more: order.more };
  const { outcome, rolled } = await ensureRelease(world, order, before, wanted);
  steps.push({ step: `release ${order.release}`, result: outcome, detail: `helm ${version}, ${rolledText(rolled)}` });
  if (order.waitMs !== undefined) steps.push(await ensurePods(world, order, order.waitMs));
  const history = await historyAddress(client, order.namespace, order.release);
  return { namespace: order.namespace, release: order.release, steps, rolled, history };
}

const rolledText = (rolled: readonly string[]): string =>
  rolled.length === 0 ? 'no pod was replaced' : `new pods: ${rolled.join(', ')}`;

/** Made when it is not there; one that is there stays as its owner made it. */
async function ensureNamespace({ client }: SparkWorld, name: string): Promise<StepReport> {
  const step = `namespace ${name}`;
  if ((await found(client, resources.namespaces, { name })) !== undefined)
    return { step, result: 'unchanged', detail: '' };
  return {
    step,
    result: await applyObject(client, resources.namespaces, { metadata: { name, labels: MANAGED_LABELS } }),
    detail: '',
  };
}

async function ensureCrds(
  { cli, client, helm }: SparkWorld,
  { chart }: SparkOrder,
  values: Values,
): Promise<StepReport> {
  return cli.progress.step('Custom resource definitions', async () => {
    const crds: readonly KubernetesObject[] = parseCrds(await helm.crds(chart));
    const hookIsOff = valueAt(values, 'hook', 'enable') === false || valueAt(values, 'hook', 'upgradeCrd') === false;
    const result = await applyCrds({ client, crds }, hookIsOff ? 'all' : 'missing');
    await untilServed(cli, client, crds.map(nameOf));
    return { step: 'definitions', result, detail: `${crds.length} kinds` };
  });
}

const mergedHook = (previous: Values, site: Values): Values => ({
  hook: { ...asValues(valueAt(previous, 'hook')), ...asValues(valueAt(site, 'hook')) },
});

const asValues = (value: unknown): Values => (typeof value === 'object' && value !== null ? { ...value } : {});

/** Bucket, keys, Secret and SparkPodDefaults, in that order; without a wish nothing. */
async function ensureStore({ cli, ensureS3 }: SparkWorld, steps: StepReport[]): Promise<S3Made | undefined> {
  if (ensureS3 === undefined) return undefined;
  const made = await cli.progress.step('Bucket, S3 keys and defaults for Spark pods', ensureS3);
  const how = (isNew: boolean): Outcome => (isNew ? 'created' : 'unchanged');
  steps.push(
    {
      step: 'bucket',
      result: how(made.bucketMade),
      detail: `${made.bucket} at ${made.endpoint} (region ${made.region})`,
    },
    { step: 'S3 keys', result: how(made.keyMade), detail: `access id ${made.accessKey}, Secret ${made.secret}` },
    {
      step: 'pod defaults',
      result: made.podDefaults,
      detail: `event logs in s3a://${made.bucket}/${made.eventLogFolder}`,
    },
  );
  return made;
}

async function rememberInCluster(
  { client, facts }: SparkWorld,
  { namespace, release }: SparkOrder,
  store: S3Made | undefined,
  s3: S3Location | undefined,
): Promise<StepReport> {
  const where =
    s3 === undefined
      ? {}
      : {
          ...{ bucket: s3.bucket, endpoint: s3.endpoint, s3Region: s3.region },
          ...{ pathStyle: String(s3.pathStyle), accessKey: s3.accessKey, keys: store?.keys ?? facts.keys },
        };
  const result = await writeInClusterState(client, namespace, { ...facts, release, ...where });
  return { step: 'state', result, detail: `ConfigMap ${namespace}/opsparkctl-state` };
}

interface ReleaseOutcome {
  readonly outcome: Outcome;
  readonly rolled: readonly string[];
}

/** Upgrades unless the release is what it shall be; pods are replaced only where their template changed. */
async function ensureRelease(
  world: SparkWorld,
  order: SparkOrder,
  before: Release | undefined,
  wanted: ReleaseOrder,
): Promise<ReleaseOutcome> {
  const { cli, client, helm } = world;
  const work = async (step: Step): Promise<ReleaseOutcome> => {
    const same = before?.status === 'deployed' && isSame(changedObjects(before.manifest, await helm.rendered(wanted)));
    if (same && !order.repair) return { outcome: 'unchanged', rolled: [] };
    const templates = await templatesOf(client, order.namespace, order.release);
    step.update('the hooks of the chart run first');
    await helm.upgrade(wanted);
    const now = await templatesOf(client, order.namespace, order.release);
    const rolled = Object.keys(now).filter((name) => now[name] !== templates[name]);
    return { outcome: outcomeOf(before, same && rolled.length === 0), rolled };
  };
  try {
    return await cli.progress.step(`Helm release ${order.release}`, work, '30 s');
  } catch (error) {
    throw await failedRelease(client, order, error);
  }
}

const outcomeOf = (before: Release | undefined, same: boolean): Outcome =>
  before === undefined ? 'created' : same ? 'unchanged' : 'updated';

async function ensurePods({ cli, client }: SparkWorld, order: SparkOrder, timeoutMs: number): Promise<StepReport> {
  const { namespace, release } = order;
  const wait = { client, namespace, release, timeoutMs };
  await cli.progress.step('Pods of the release', (step) => waitForPods(cli, wait, step), '20 s');
  return { step: 'pods', result: 'ready', detail: '' };
}

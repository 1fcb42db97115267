import { resources } from '../../kube/resources.ts';
import { found } from './apply-object.ts';
import { changedObjects, type ChangedObjects } from './changed-objects.ts';
import { nameOf, parseCrds } from './crds.ts';
import { earlierValues } from './earlier-values.ts';
import { desiredValues, jobNamespacesOf } from './desired-values.ts';
import type { SparkOrder, SparkWorld } from './order.ts';
import type { StepReport } from './report.ts';
import { s3InCluster } from './s3-in-cluster.ts';

/** What `installSpark` would do, found out without changing anything. */
export async function planSpark(world: SparkWorld, order: SparkOrder): Promise<readonly StepReport[]> {
  const { client, helm, ensureS3, facts } = world;
  const before = await helm.release();
  const previous = await earlierValues(helm, before, order);
  const s3 = await s3InCluster(client, order.namespace);
  const values = desiredValues({ ...order, previous, s3 });
  const rendered = await helm.rendered({ chart: order.chart, values, more: order.more });
  const names = [...new Set([order.namespace, ...jobNamespacesOf(values)])];
  const changed = changedObjects(before?.manifest ?? '', rendered);
  return [
    ...(await Promise.all(names.map((name) => planNamespace(world, name)))),
    await planDefinitions(world, order),
    ...(ensureS3 === undefined ? [] : [planStore(facts.bucket, s3?.bucket)]),
    {
      step: `release ${order.release}`,
      result: before === undefined ? 'create' : verb(changed),
      detail: text(changed),
    },
  ];
}

async function planNamespace({ client }: SparkWorld, name: string): Promise<StepReport> {
  const there = (await found(client, resources.namespaces, { name })) !== undefined;
  return { step: `namespace ${name}`, result: there ? 'unchanged' : 'create', detail: '' };
}

async function planDefinitions({ client, helm }: SparkWorld, { chart }: SparkOrder): Promise<StepReport> {
  const names = parseCrds(await helm.crds(chart)).map(nameOf);
  const there = await Promise.all(names.map((name) => found(client, resources.customResourceDefinitions, { name })));
  const missing = names.filter((_, index) => there[index] === undefined);
  return { step: 'definitions', result: missing.length > 0 ? 'create' : 'unchanged', detail: missing.join(', ') };
}

const planStore = (named: string | undefined, there: string | undefined): StepReport => {
  const bucket = there ?? named;
  return {
    step: 'bucket, S3 keys and pod defaults',
    result: there === undefined ? 'create' : 'check',
    detail: bucket === undefined ? 'named by cluster and project' : `bucket ${bucket}`,
  };
};

const verb = ({ added, changed, removed }: ChangedObjects): string =>
  added.length + changed.length + removed.length === 0 ? 'unchanged' : 'update';

const text = ({ added, changed, removed }: ChangedObjects): string =>
  [part('new', added), part('changed', changed), part('gone', removed)].filter((one) => one !== '').join('; ');

const MOST_NAMED = 6;

function part(word: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  return names.length > MOST_NAMED ? `${names.length} objects ${word}` : `${word}: ${names.join(', ')}`;
}

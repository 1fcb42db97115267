import { UserError } from '../../terminal/user-error.ts';
import type { Cli } from '../cli.ts';
import type { Cluster, Magnum } from '../container-infra/magnum.ts';
import { exitCode } from '../exit-code.ts';
import { failedWith } from '../openstack-error.ts';
import { nearest } from './nearest.ts';

/** What this person's state file knows of clusters: it decides between several of one name, and when none is named. */
export interface Remembered {
  readonly name: string;
  readonly uuid: string;
}

/** The calls that finding needs. */
type Finding = Pick<Magnum, 'cluster' | 'clusters'>;

/**
 * The cluster that a person means by its name or UUID. Without either: the only one that is remembered, the only one of the
 * project, or the one that is chosen from a menu.
 * @throws UserError with exit code 5 when there is none such, 6 when the name fits several, 2 when nobody can be asked
 */
export async function findCluster(
  cli: Pick<Cli, 'ask'>,
  magnum: Finding,
  ident: string | undefined,
  remembered: readonly Remembered[] = [],
): Promise<Cluster> {
  if (ident === undefined) return magnum.cluster(await chosen(cli, await magnum.clusters(), remembered));
  try {
    return await magnum.cluster(ident);
  } catch (error) {
    if (failedWith(error, 'NotFound')) throw unknown(ident, await magnum.clusters(), error);
    if (failedWith(error, 'Conflict')) return ofOneName(magnum, ident, remembered, error);
    throw error;
  }
}

async function chosen(
  { ask }: Pick<Cli, 'ask'>,
  clusters: readonly Cluster[],
  remembered: readonly Remembered[],
): Promise<string> {
  const ours = clusters.filter(({ uuid }) => remembered.some((one) => one.uuid === uuid));
  const only = ours.length === 1 ? ours[0] : clusters.length === 1 ? clusters[0] : undefined;
  if (only !== undefined) return only.uuid;
  if (clusters.length === 0)
    throw new UserError('The project has no cluster: make one with "opsparkctl create kube NAME"', {
      exitCode: exitCode.notFound,
    });
  if (ask === undefined)
    throw new UserError(`The project has ${clusters.length} clusters: name one of them\n${rowsOf(clusters)}`, {
      exitCode: exitCode.usage,
    });
  return ask.choose(
    'Which cluster?',
    clusters.map(({ name, uuid, status }) => ({ name: `${name}  ${status}`, value: uuid, description: uuid })),
  );
}

/** Magnum answers 409 when a name fits several: the one that this person made here is meant, if it is one of them. */
async function ofOneName(
  magnum: Finding,
  name: string,
  remembered: readonly Remembered[],
  cause: unknown,
): Promise<Cluster> {
  const fitting = (await magnum.clusters()).filter((cluster) => cluster.name === name);
  const ours = fitting.filter(({ uuid }) => remembered.some((one) => one.uuid === uuid));
  const [only, ...others] = ours;
  if (only !== undefined && others.length === 0) return magnum.cluster(only.uuid);
  throw new UserError(
    `The project has ${fitting.length} clusters of the name "${name}": give the UUID of the one that is meant\n${rowsOf(fitting)}`,
    { exitCode: exitCode.conflict, cause },
  );
}

function unknown(ident: string, clusters: readonly Cluster[], cause: unknown): UserError {
  const names = clusters.map(({ name }) => name);
  const near = nearest(ident, names);
  const hint =
    near.length > 0
      ? `is it ${near.map((name) => `"${name}"`).join(' or ')}?`
      : names.length === 0
        ? 'the project has none; is it the right one (--project)?'
        : `"opsparkctl status" lists the ${names.length} of the project; is it the right one (--project)?`;
  return new UserError(`The project has no cluster "${ident}": ${hint}`, { exitCode: exitCode.notFound, cause });
}

const rowsOf = (clusters: readonly Cluster[]): string =>
  clusters
    .map(({ uuid, name, status, created_at: made }) => `  ${uuid}  ${name}  ${status}  ${made ?? ''}`.trimEnd())
    .join('\n');

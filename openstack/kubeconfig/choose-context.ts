import { UserError } from '../../terminal/user-error.ts';
import { nearest } from '../clusters/nearest.ts';
import { exitCode } from '../exit-code.ts';
import type { ClusterFlags } from './cluster-option.ts';
import type { FoundContext } from './known-contexts.ts';

/**
 * The context of a cluster of ours, by name or UUID; the administrator's where there are several.
 * @throws UserError with exit code 5 when there is none, 6 when the name fits clusters of several regions
 */
export function chooseContext(known: readonly FoundContext[], { cluster = '', region }: ClusterFlags): FoundContext {
  const ours = known.filter(({ entry: { origin } }) => origin !== undefined);
  const fitting = ours.filter(
    ({ entry: { origin } }) =>
      (origin?.cluster === cluster || origin?.uuid === cluster) && (region === undefined || region === origin.region),
  );
  const [found] = fitting.toSorted((a, b) => Number(isAdmin(b)) - Number(isAdmin(a)));
  if (found === undefined) throw unknown(cluster, ours);
  const clusters = new Map(fitting.map(({ entry: { origin, context } }) => [origin?.uuid, context]));
  if (clusters.size > 1)
    throw new UserError(
      `Several clusters "${cluster}" are in the kubeconfig: choose one with --context ${[...clusters.values()].join(' or ')}`,
      { exitCode: exitCode.conflict },
    );
  return found;
}

const isAdmin = ({ entry: { user } }: FoundContext): boolean => user.kind === 'certificate';

function unknown(cluster: string, ours: readonly FoundContext[]): UserError {
  const names = ours.flatMap(({ entry: { origin } }) => (origin === undefined ? [] : [origin.cluster]));
  const near = nearest(cluster, names).map((name) => ` Is it "${name}"?`);
  return new UserError(
    `The kubeconfig has no context for cluster "${cluster}": get one with "opsparkctl kubeconfig ${cluster}".${near[0] ?? ''}`,
    { exitCode: exitCode.notFound },
  );
}

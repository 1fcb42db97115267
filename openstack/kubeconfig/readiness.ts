import { UserError } from '../../terminal/user-error.ts';
import type { Cluster } from '../container-infra/magnum.ts';
import { exitCode } from '../exit-code.ts';

/**
 * What a person should know before a kubeconfig of a cluster is used; undefined when all is well.
 * @throws UserError for a cluster that cannot have one: it is being made or deleted (exit code 1), or failed to be made (8)
 */
export function readinessWarning({ name, status, status_reason: reason }: Cluster): string | undefined {
  const why = reason === undefined || reason === null || reason === '' ? '' : `: ${reason}`;
  if (status === 'CREATE_FAILED')
    throw new UserError(`Cluster "${name}" is ${status}${why}. It cannot be used: "opsparkctl delete kube ${name}"`, {
      exitCode: exitCode.clusterFailed,
    });
  if (status === 'CREATE_IN_PROGRESS')
    throw new UserError(`Cluster "${name}" is ${status}: "opsparkctl create kube ${name}" waits for it`);
  if (status.startsWith('DELETE_'))
    throw new UserError(`Cluster "${name}" is ${status}${why}: it has no kubeconfig any more`);
  return status.endsWith('_COMPLETE') ? undefined : `Cluster "${name}" is ${status}${why}`;
}

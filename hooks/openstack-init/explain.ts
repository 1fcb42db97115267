import { ApiError } from '../../kube/errors.ts';
import { ObjectStoreError } from '../../openstack/object-store/object-store.ts';
import { OpenStackError } from '../../openstack/openstack-error.ts';
import { AGAIN, type About, type Failure } from './failure.ts';
import { kubernetesFailure } from './kubernetes-failure.ts';
import { objectStoreFailure } from './object-store-failure.ts';
import { openStackFailure } from './open-stack-failure.ts';

/** The failure behind an error, however deep it lies in the error's causes. Carries no secret. */
export function explain(error: unknown, about: About): Failure {
  for (let root = error, depth = 0; root instanceof Error && depth < 8; root = root.cause, depth++) {
    if (root instanceof OpenStackError) return openStackFailure(root, about);
    if (root instanceof ObjectStoreError) return objectStoreFailure(root, about);
    if (root instanceof ApiError) return kubernetesFailure(root, about);
  }
  const message = error instanceof Error ? error.message : String(error);
  // Errors that a person can act on say themselves what to do.
  return error instanceof Error && error.name === 'UserError'
    ? { cause: 'SettingsWrong', message, remedy: `Correct what the message names, ${AGAIN}` }
    : { cause: 'Unexpected', message, remedy: 'Read the log of the job; run helm upgrade --install again' };
}

import { ApiError } from '../kube/errors.ts';
import { UserError } from '../terminal/user-error.ts';
import type { About, Explanation } from './explain/about.ts';
import { explainKubernetes } from './explain/explain-kubernetes.ts';
import { explainObjectStore } from './explain/explain-object-store.ts';
import { explainOpenStack } from './explain/explain-openstack.ts';
import { ObjectStoreError } from './object-store/object-store.ts';
import { OpenStackError } from './openstack-error.ts';

/**
 * Turns what a service reports into an error for people: what happened, to what, what to do, and the exit code. Other
 * errors pass unchanged.
 */
export function explainFailure(error: unknown, about: About = {}): unknown {
  const explanation = explanationOf(error, about);
  if (explanation === undefined) return error;
  const doing = about.doing === undefined ? '' : `cannot ${about.doing}: `;
  return new UserError(`${doing}${explanation.text}`, { exitCode: explanation.exitCode, cause: error });
}

function explanationOf(error: unknown, about: About): Explanation | undefined {
  if (error instanceof OpenStackError) return explainOpenStack(error, about);
  if (error instanceof ObjectStoreError) return explainObjectStore(error, about);
  return error instanceof ApiError ? explainKubernetes(error, about) : undefined;
}

import { type ApiError, isForbidden, isNotFound, isUnavailable } from '../../kube/errors.ts';
import { exitCode } from '../exit-code.ts';
import { lacksAuthority } from '../transport/disconnection.ts';
import type { About, Explanation } from './about.ts';

/** What a failed request to a Kubernetes API server means to a person. */
export function explainKubernetes(error: ApiError, { server }: About): Explanation {
  const place = `the Kubernetes API server${server === undefined ? '' : ` ${server}`}`;
  if (lacksAuthority(error.cause))
    return {
      text:
        `${place} shows a certificate of another authority than the kubeconfig has: ${error.message}\n` +
        'If the authority of the cluster was rotated, "opsparkctl kubeconfig NAME --renew" gets the new one.',
      exitCode: exitCode.unreachable,
    };
  if (error.status === 401)
    return {
      text:
        `${place} does not accept the login of the kubeconfig: ${error.message}\n` +
        'Its certificate or token may have expired: "opsparkctl kubeconfig NAME --renew" makes a new one.',
      exitCode: exitCode.authentication,
    };
  if (isUnavailable(error))
    return { text: `${place} cannot be reached: ${error.message}`, exitCode: exitCode.unreachable };
  if (isForbidden(error)) return { text: `${place} does not allow it: ${error.message}`, exitCode: exitCode.forbidden };
  if (isNotFound(error)) return { text: `${place}: ${error.message}`, exitCode: exitCode.notFound };
  return {
    text: `${place} refuses: ${error.message}`,
    exitCode: error.status === 409 ? exitCode.conflict : exitCode.failed,
  };
}

import { isForbidden, type ApiError } from '../../kube/errors.ts';
import type { About, Failure } from './failure.ts';

/** What a refusal of this cluster's API server means for the hook. */
export const kubernetesFailure = (error: ApiError, { namespace }: About): Failure =>
  isForbidden(error)
    ? {
        cause: 'KubernetesForbidden',
        message: `The API server does not let the hook write in namespace ${namespace}: ${error.message}`,
        remedy: 'Look for a policy or a quota that refuses it; run helm upgrade --install again',
      }
    : {
        cause: 'KubernetesFailed',
        message: `The API server failed a request of the hook: ${error.message}`,
        remedy: 'Wait until API server and webhook answer; run helm upgrade --install again',
      };

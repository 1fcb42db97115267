import { javaMemoryToQuantity, memoryBytes } from '../../api/quantity.ts';
import { withResources } from './limits.ts';
import type { Mutator } from './mutator.ts';

/**
 * `memoryLimit`, in Java's units (5000m = 5000Mi) or Kubernetes'. Below the request the API server would refuse the pod, so
 * that the request is the least that it can be; the plan warns of it.
 */
export const setMemoryLimit: Mutator = (pod, { fields: { memoryLimit } }) => {
  if (memoryLimit === undefined || memoryLimit === '') return pod;
  const wanted = javaMemoryToQuantity(memoryLimit) ?? memoryLimit;
  return withResources(pod, (resources) => ({
    ...resources,
    limits: { ...resources.limits, memory: atLeast(wanted, resources.requests?.['memory']) },
  }));
};

const atLeast = (limit: string, request: string | undefined): string =>
  request !== undefined && (memoryBytes(limit) ?? 0) < (memoryBytes(request) ?? 0) ? request : limit;

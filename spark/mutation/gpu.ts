import { withResources } from './limits.ts';
import type { Mutator } from './mutator.ts';

/** `gpu` as a limit; the API server makes the request from it, and wants one that is there to be the same. */
export const setGpu: Mutator = (pod, { fields: { gpu } }) => {
  if (gpu === undefined || gpu.name === '' || gpu.quantity <= 0) return pod;
  const amount = { [gpu.name]: String(gpu.quantity) };
  return withResources(pod, ({ requests, ...resources }) => ({
    ...resources,
    ...(requests === undefined
      ? {}
      : { requests: requests[gpu.name] === undefined ? requests : { ...requests, ...amount } }),
    limits: { ...resources.limits, ...amount },
  }));
};

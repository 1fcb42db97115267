import { withLimits } from './limits.ts';
import type { Mutator } from './mutator.ts';

/** `gpu` as a limit; the API server makes the request from it. */
export const setGpu: Mutator = (pod, { fields: { gpu } }) =>
  gpu === undefined || gpu.name === '' || gpu.quantity <= 0
    ? pod
    : withLimits(pod, { [gpu.name]: String(gpu.quantity) });

import { javaMemoryToQuantity } from '../../api/quantity.ts';
import { withLimits } from './limits.ts';
import type { Mutator } from './mutator.ts';

/** `memoryLimit`, in Java's units (5000m = 5000Mi) or Kubernetes'. */
export const setMemoryLimit: Mutator = (pod, { fields: { memoryLimit } }) =>
  memoryLimit === undefined || memoryLimit === ''
    ? pod
    : withLimits(pod, { memory: javaMemoryToQuantity(memoryLimit) ?? memoryLimit });

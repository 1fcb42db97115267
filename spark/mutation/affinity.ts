import type { Mutator } from './mutator.ts';
import { withSpec } from './pod-edit.ts';

/** `affinity` replaces the pod's as a whole. */
export const setAffinity: Mutator = (pod, { fields: { affinity } }) =>
  affinity === undefined ? pod : withSpec(pod, { affinity });

import type { Mutator } from './mutator.ts';
import { withSpec } from './pod-edit.ts';

/** `terminationGracePeriodSeconds` replaces the pod's. */
export const setTerminationGracePeriod: Mutator = (pod, { fields: { terminationGracePeriodSeconds } }) =>
  terminationGracePeriodSeconds === undefined ? pod : withSpec(pod, { terminationGracePeriodSeconds });

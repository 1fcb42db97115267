import type { Mutator } from './mutator.ts';
import { withSpec } from './pod-edit.ts';

/** `podSecurityContext` replaces the pod's. */
export const setPodSecurityContext: Mutator = (pod, { fields: { podSecurityContext } }) =>
  podSecurityContext === undefined ? pod : withSpec(pod, { securityContext: podSecurityContext });

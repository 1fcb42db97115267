import type { Mutator } from './mutator.ts';
import { appendMissing, withSpec } from './pod-edit.ts';

/** `tolerations` beside those that are there. */
export const addTolerations: Mutator = (pod, { fields: { tolerations } }) =>
  tolerations === undefined ? pod : withSpec(pod, { tolerations: appendMissing(pod.spec?.tolerations, tolerations) });

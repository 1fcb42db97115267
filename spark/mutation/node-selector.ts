import type { Mutator } from './mutator.ts';
import { withSpec } from './pod-edit.ts';

/** `nodeSelector` of the role, label by label over what is there. */
export const addNodeSelector: Mutator = (pod, { fields: { nodeSelector } }) =>
  nodeSelector === undefined ? pod : withSpec(pod, { nodeSelector: { ...pod.spec?.nodeSelector, ...nodeSelector } });

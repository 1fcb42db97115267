import type { Mutator } from './mutator.ts';
import { withSpec } from './pod-edit.ts';

/**
 * `affinity`, kind by kind: nodeAffinity, podAffinity and podAntiAffinity that it names replace the pod's. The other kinds
 * stay, of a template and of SparkPodDefaults that were filled in before.
 */
export const setAffinity: Mutator = (pod, { fields: { affinity } }) =>
  affinity === undefined ? pod : withSpec(pod, { affinity: { ...pod.spec?.affinity, ...affinity } });

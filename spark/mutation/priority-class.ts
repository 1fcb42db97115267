import type { Mutator } from './mutator.ts';
import { withSpec } from './pod-edit.ts';

/** `priorityClassName`; the numbers that an earlier class left on the pod go, for the API server refuses them beside another class. */
export const setPriorityClass: Mutator = (pod, { fields: { priorityClassName } }) => {
  if (priorityClassName === undefined || priorityClassName === '') return pod;
  if (pod.spec?.priorityClassName === priorityClassName) return pod;
  const { priority: _priority, preemptionPolicy: _policy, ...spec } = pod.spec ?? { containers: [] };
  return withSpec({ ...pod, spec }, { priorityClassName });
};

import type { Mutator } from './mutator.ts';
import { omit } from './omit.ts';
import { withSpec } from './pod-edit.ts';

/** `priorityClassName`; the numbers that an earlier class left on the pod go, for the API server refuses them beside another class. */
export const setPriorityClass: Mutator = (pod, { fields: { priorityClassName } }) => {
  if (priorityClassName === undefined || priorityClassName === '') return pod;
  if (pod.spec === undefined || pod.spec.priorityClassName === priorityClassName) return pod;
  return withSpec({ ...pod, spec: omit(pod.spec, ['priority', 'preemptionPolicy']) }, { priorityClassName });
};

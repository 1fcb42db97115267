import type { Mutator } from './mutator.ts';
import { putByKey, withSpec } from './pod-edit.ts';

/** `initContainers`, by name. */
export const addInitContainers: Mutator = (pod, { fields: { initContainers } }) =>
  initContainers === undefined
    ? pod
    : withSpec(pod, { initContainers: putByKey(pod.spec?.initContainers, initContainers, ({ name }) => name) });

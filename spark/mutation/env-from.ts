import type { Mutator } from './mutator.ts';
import { appendMissing } from './pod-edit.ts';
import { mapSparkContainer } from './spark-container.ts';

/** `envFrom`: every key of a ConfigMap or Secret as a variable. */
export const addEnvFrom: Mutator = (pod, { fields: { envFrom } }) =>
  envFrom === undefined
    ? pod
    : mapSparkContainer(pod, (container) => ({ ...container, envFrom: appendMissing(container.envFrom, envFrom) }));

import type { Mutator } from './mutator.ts';
import { mapSparkContainer } from './spark-container.ts';

/** `lifecycle` replaces that of Spark's container. */
export const setLifecycle: Mutator = (pod, { fields: { lifecycle } }) =>
  lifecycle === undefined ? pod : mapSparkContainer(pod, (container) => ({ ...container, lifecycle }));

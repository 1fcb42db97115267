import type { Mutator } from './mutator.ts';
import { mapSparkContainer } from './spark-container.ts';

/** `securityContext` replaces that of Spark's container. */
export const setSecurityContext: Mutator = (pod, { fields: { securityContext } }) =>
  securityContext === undefined ? pod : mapSparkContainer(pod, (container) => ({ ...container, securityContext }));

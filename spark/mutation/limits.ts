import type { Pod } from '../../api/kubernetes.ts';
import { mapSparkContainer } from './spark-container.ts';

/** Sets limits of Spark's container and leaves the others. */
export const withLimits = (pod: Pod, limits: Readonly<Record<string, string>>): Pod =>
  mapSparkContainer(pod, (container) => ({
    ...container,
    resources: { ...container.resources, limits: { ...container.resources?.limits, ...limits } },
  }));

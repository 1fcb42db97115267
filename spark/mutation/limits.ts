import type { Pod, ResourceRequirements } from '../../api/kubernetes.ts';
import { mapSparkContainer } from './spark-container.ts';

/** Changes the resources of Spark's container. */
export const withResources = (pod: Pod, change: (resources: ResourceRequirements) => ResourceRequirements): Pod =>
  mapSparkContainer(pod, (container) => ({ ...container, resources: change(container.resources ?? {}) }));

import type { Container, Pod } from '../../api/kubernetes.ts';

/** Spark's own names of its containers, used unless a template names them otherwise. */
export const DRIVER_CONTAINER = 'spark-kubernetes-driver';
export const EXECUTOR_CONTAINER = 'spark-kubernetes-executor';

/** Spark sets this variable in its own container, of either role. */
const SPARK_ENV = 'SPARK_APPLICATION_ID';

/** Changes the container that runs Spark and leaves the others alone. A pod without containers stays as it is. */
export function mapSparkContainer(pod: Pod, change: (container: Container) => Container): Pod {
  const containers = pod.spec?.containers ?? [];
  const index = sparkContainerIndex(containers);
  return {
    ...pod,
    spec: {
      ...pod.spec,
      containers: containers.map((container, at) => (at === index ? change(container) : container)),
    },
  };
}

/** The container that runs Spark; undefined for a pod without containers. */
export function sparkContainerOf({ spec }: Pod): Container | undefined {
  const containers = spec?.containers ?? [];
  return containers[sparkContainerIndex(containers)];
}

/** Spark's container: by its usual name, else (a template named it) the one that Spark has marked, else the first. */
function sparkContainerIndex(containers: readonly Container[]): number {
  const named = containers.findIndex(({ name }) => name === DRIVER_CONTAINER || name === EXECUTOR_CONTAINER);
  if (named !== -1) return named;
  const marked = containers.findIndex(({ env }) => env?.some(({ name }) => name === SPARK_ENV));
  return marked === -1 ? 0 : marked;
}

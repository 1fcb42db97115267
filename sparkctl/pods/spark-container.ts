import type { ContainerStatus, Pod } from '../../api/kubernetes.ts';

/** Names that Spark itself gives to its container when the pod template names none. */
const sparkContainers = ['spark-kubernetes-driver', 'spark-kubernetes-executor'];

/** The container that runs Spark: by Spark's own name, else (a template renamed it) the first one. */
export function sparkContainerOf({ spec }: Pod): string {
  const names = (spec?.containers ?? []).map(({ name }) => name);
  return names.find((name) => sparkContainers.includes(name)) ?? names[0] ?? 'spark-kubernetes-driver';
}

export const sparkContainerStatus = (pod: Pod): ContainerStatus | undefined =>
  pod.status?.containerStatuses?.find(({ name }) => name === sparkContainerOf(pod));

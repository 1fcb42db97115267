import type { Mutator } from './mutator.ts';
import { putByKey, withSpec } from './pod-edit.ts';
import { sparkContainerOf } from './spark-container.ts';

/** `sidecars`, by name; none takes the place of Spark's own container. */
export const addSidecars: Mutator = (pod, { fields: { sidecars } }) => {
  if (sidecars === undefined) return pod;
  const own = sparkContainerOf(pod)?.name;
  const others = sidecars.filter(({ name }) => name !== own);
  return withSpec(pod, { containers: putByKey(pod.spec?.containers, others, ({ name }) => name) });
};

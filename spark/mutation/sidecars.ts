import type { Mutator } from './mutator.ts';
import { putByKey, withSpec } from './pod-edit.ts';

/** `sidecars`, by name. */
export const addSidecars: Mutator = (pod, { fields: { sidecars } }) =>
  sidecars === undefined
    ? pod
    : withSpec(pod, { containers: putByKey(pod.spec?.containers, sidecars, ({ name }) => name) });

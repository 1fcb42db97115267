import type { Mutator } from './mutator.ts';
import { appendMissing, withSpec } from './pod-edit.ts';

/** `hostAliases`: lines for /etc/hosts. */
export const addHostAliases: Mutator = (pod, { fields: { hostAliases } }) =>
  hostAliases === undefined ? pod : withSpec(pod, { hostAliases: appendMissing(pod.spec?.hostAliases, hostAliases) });

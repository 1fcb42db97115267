import type { Mutator } from './mutator.ts';
import { withSpec } from './pod-edit.ts';

/** `dnsConfig` replaces the pod's. */
export const setDnsConfig: Mutator = (pod, { fields: { dnsConfig } }) =>
  dnsConfig === undefined ? pod : withSpec(pod, { dnsConfig });

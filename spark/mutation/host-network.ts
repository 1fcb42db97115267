import type { Mutator } from './mutator.ts';
import { withSpec } from './pod-edit.ts';

/** `hostNetwork: true`; names of the cluster still resolve. False changes nothing, as with kubeflow. */
export const setHostNetwork: Mutator = (pod, { fields: { hostNetwork } }) =>
  hostNetwork === true ? withSpec(pod, { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }) : pod;

import type { Mutator } from './mutator.ts';
import { withSpec } from './pod-edit.ts';

/** `shareProcessNamespace: true`; false changes nothing, as with kubeflow. */
export const setShareProcessNamespace: Mutator = (pod, { fields: { shareProcessNamespace } }) =>
  shareProcessNamespace === true ? withSpec(pod, { shareProcessNamespace: true }) : pod;

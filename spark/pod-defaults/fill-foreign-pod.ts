import type { Pod } from '../../api/kubernetes.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import type { PodRole } from '../mutation/mutator.ts';
import { fillPod, type Filled } from './fill-pod.ts';

/** Defaults filled into a pod that is not ours. */
export interface ForeignFilled extends Filled {
  /** Defaults that were passed over because they are invalid, and why. */
  readonly warnings: readonly string[];
}

/** Fills defaults into a pod that others submitted; properties go to a driver as SPARK_SUBMIT_OPTS. */
export const fillForeignPod = (pod: Pod, role: PodRole, defaults: readonly SparkPodDefaults[]): ForeignFilled => ({
  ...fillPod(pod, role, defaults),
  warnings: [],
});

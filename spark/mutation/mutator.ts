import type { Pod } from '../../api/kubernetes.ts';
import type { SparkApplication, SparkPodSpec } from '../../api/sparkapplication.ts';

/** What a Spark pod does in its application. */
export type PodRole = 'driver' | 'executor';

/** What a mutator may read: the application, and the fields of the pod's role in it. */
export interface MutationContext {
  readonly app: SparkApplication;
  readonly role: PodRole;
  readonly fields: SparkPodSpec;
}

/**
 * Lays one field of the application over a pod. A mutator changes nothing when the field is unset, and changes nothing
 * more when it is applied again.
 */
export type Mutator = (pod: Pod, context: MutationContext) => Pod;

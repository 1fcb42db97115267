import type { Pod } from '../../api/kubernetes.ts';

/** Pods say with this annotation (JSON, any subset) what their fake life is like: set it in `spec.driver.annotations`. */
export const BEHAVIOUR_ANNOTATION = 'fake-kubelet.test/behaviour';

/** The life of a driver pod and of the executors it asks for. Times in milliseconds. */
export interface Behaviour {
  /** from creation to Running */
  readonly startMs: number;
  /** from Running to the end; -1 = runs until it is deleted */
  readonly runMs: number;
  /** exit code of the driver container */
  readonly exitCode: number;
  /** executor pods that the driver creates once it runs, and deletes before it ends */
  readonly executors: number;
  /** the container never starts and waits with this reason, as with an image that cannot be pulled */
  readonly waitingReason?: string;
  readonly waitingMessage?: string;
  /** reason of the terminated container, for example OOMKilled */
  readonly terminatedReason?: string;
  /** what the container left as its termination message */
  readonly terminationMessage?: string;
}

const usual: Behaviour = { startMs: 5, runMs: 50, exitCode: 0, executors: 1 };

/** Behaviour of one driver pod: the defaults, then `base`, then what its annotation says. Throws on broken JSON. */
export function behaviourOf(pod: Pod, base: Partial<Behaviour> = {}): Behaviour {
  const text = pod.metadata?.annotations?.[BEHAVIOUR_ANNOTATION];
  // The annotation is written by our own tests in the shape of Behaviour.
  const own = text === undefined ? {} : (JSON.parse(text) as Partial<Behaviour>);
  return { ...usual, ...base, ...own };
}

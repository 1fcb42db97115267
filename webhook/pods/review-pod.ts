import type { Pod } from '../../api/kubernetes.ts';
import { LABEL_APP_NAME, LABEL_LAUNCHED_BY, LABEL_SPARK_ROLE, ROLE_DRIVER, ROLE_EXECUTOR } from '../../api/labels.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { Logger } from '../../kube/log.ts';
import { mutatePod } from '../../spark/mutation/mutate-pod.ts';
import type { PodRole } from '../../spark/mutation/mutator.ts';
import type { AdmissionRequest } from '../review/admission-request.ts';
import { type Allowed, type Review, untouched } from '../review/verdict.ts';
import type { Scope } from '../scope.ts';
import { podPatch } from './pod-patch.ts';

/** What the review of pods reads. */
export interface PodWorld {
  readonly scope: Scope;
  readonly application: (namespace: string, name: string) => SparkApplication | undefined;
  readonly log: Logger;
}

/**
 * Reviews a new pod: the typed fields of its application for a pod of ours. A pod is never refused: what cannot be
 * applied is told as a warning, because the controller has rendered the fields into driver and executor template already.
 */
export const reviewPod =
  (world: PodWorld): Review<AdmissionRequest> =>
  (request) => {
    // The API server has checked that it is a pod.
    const pod = request.object as Pod;
    if (request.operation !== 'CREATE' || !world.scope.serves(request.namespace)) return untouched;
    if (pod.metadata?.labels?.[LABEL_LAUNCHED_BY] === 'true') return reviewOwnPod(world, request, pod);
    return untouched;
  };

/** Spark leaves the namespace out of the pod: that of the request counts. */
function reviewOwnPod(world: PodWorld, { namespace }: AdmissionRequest, pod: Pod): Allowed {
  const labels = pod.metadata?.labels ?? {};
  const name = labels[LABEL_APP_NAME] ?? '';
  const role = roleOf(labels[LABEL_SPARK_ROLE]);
  if (role === undefined) return left(`its label ${LABEL_SPARK_ROLE} is neither ${ROLE_DRIVER} nor ${ROLE_EXECUTOR}`);
  const app = world.application(namespace, name);
  if (app === undefined) return left(`there is no SparkApplication ${namespace}/${name}`);
  try {
    return { allowed: true, patch: podPatch(pod, mutatePod(pod, role, app)) };
  } catch (err) {
    world.log.warn({ namespace, application: name, role, err }, 'Could not apply an application to its pod');
    return left(`SparkApplication ${namespace}/${name} has a field of a wrong type`);
  }
}

const left = (why: string): Allowed => ({
  allowed: true,
  warnings: [`spark-operator left this pod as it is: ${why}`],
});

const roleOf = (label: string | undefined): PodRole | undefined =>
  label === ROLE_DRIVER || label === ROLE_EXECUTOR ? label : undefined;

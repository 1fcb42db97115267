import type { Pod } from '../../api/kubernetes.ts';
import {
  LABEL_APP_NAME,
  LABEL_INJECT,
  LABEL_LAUNCHED_BY,
  LABEL_NAMESPACE_INJECT,
  LABEL_SPARK_ROLE,
  ROLE_DRIVER,
  ROLE_EXECUTOR,
} from '../../api/labels.ts';
import type { StringMap } from '../../api/scalars.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import type { Logger } from '../../kube/log.ts';
import { mutatePod } from '../../spark/mutation/mutate-pod.ts';
import type { PodRole } from '../../spark/mutation/mutator.ts';
import { fillForeignPod } from '../../spark/pod-defaults/fill-foreign-pod.ts';
import { overriddenText } from '../../spark/pod-defaults/status.ts';
import type { AdmissionRequest } from '../review/admission-request.ts';
import { type Allowed, type Review, untouched } from '../review/verdict.ts';
import type { Scope } from '../scope.ts';
import { podPatch } from './pod-patch.ts';

/** What the review of pods reads. */
export interface PodWorld {
  readonly scope: Scope;
  readonly application: (namespace: string, name: string) => SparkApplication | undefined;
  readonly namespaceLabels: (namespace: string) => StringMap | undefined;
  readonly selectDefaults: (namespace: string, labels: StringMap) => readonly SparkPodDefaults[];
  readonly log: Logger;
}

/**
 * Reviews a new pod: for a pod of ours the typed fields of its application, for a Spark pod that others submitted and
 * that wants them the site's SparkPodDefaults. A pod is never refused: what cannot be applied is told as a warning.
 */
export const reviewPod =
  (world: PodWorld): Review<AdmissionRequest> =>
  (request) => {
    // The API server has checked that it is a pod.
    const pod = request.object as Pod;
    if (request.operation !== 'CREATE' || !world.scope.serves(request.namespace)) return untouched;
    const labels = pod.metadata?.labels ?? {};
    try {
      return labels[LABEL_LAUNCHED_BY] === 'true'
        ? reviewOwnPod(world, request.namespace, pod)
        : reviewForeignPod(world, request, pod);
    } catch (err) {
      const { namespace } = request;
      world.log.warn({ namespace, application: labels[LABEL_APP_NAME], err }, 'Could not change a pod');
      return left('what it is to be given cannot be read');
    }
  };

/** Spark leaves the namespace out of the pod: that of the request counts. */
function reviewOwnPod(world: PodWorld, namespace: string, pod: Pod): Allowed {
  const labels = pod.metadata?.labels ?? {};
  const name = labels[LABEL_APP_NAME] ?? '';
  const role = roleOf(labels[LABEL_SPARK_ROLE]);
  if (role === undefined) return left(`its label ${LABEL_SPARK_ROLE} is neither ${ROLE_DRIVER} nor ${ROLE_EXECUTOR}`);
  const app = world.application(namespace, name);
  if (app === undefined) return left(`there is no SparkApplication ${namespace}/${name}`);
  return { allowed: true, patch: podPatch(pod, mutatePod(pod, role, app)) };
}

function reviewForeignPod(world: PodWorld, { uid, namespace, name }: AdmissionRequest, pod: Pod): Allowed {
  const labels = pod.metadata?.labels ?? {};
  const role = injectedRole(labels, world.namespaceLabels(namespace) ?? {});
  if (role === undefined) return untouched;
  const filled = fillForeignPod(pod, role, world.selectDefaults(namespace, labels));
  const warnings = [...filled.warnings, ...filled.overridden.map(overriddenText)];
  if (warnings.length > 0) world.log.info({ uid, namespace, name, role, warnings }, 'Defaults gave way');
  return { allowed: true, patch: podPatch(pod, filled.pod), warnings };
}

/** The role of a pod that wants SparkPodDefaults, by its own label or by its namespace's. */
function injectedRole(labels: StringMap, namespaceLabels: StringMap): PodRole | undefined {
  const role = roleOf(labels[LABEL_SPARK_ROLE]);
  if (labels[LABEL_INJECT] === 'true') return role ?? 'driver';
  const wanted = namespaceLabels[LABEL_NAMESPACE_INJECT] === 'enabled' && labels[LABEL_INJECT] === undefined;
  return wanted ? role : undefined;
}

const left = (why: string): Allowed => ({
  allowed: true,
  warnings: [`spark-operator left this pod as it is: ${why}`],
});

const roleOf = (label: string | undefined): PodRole | undefined =>
  label === ROLE_DRIVER || label === ROLE_EXECUTOR ? label : undefined;

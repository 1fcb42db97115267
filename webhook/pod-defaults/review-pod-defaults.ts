import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { checkPodDefaultsParts } from '../../spark/pod-defaults/open-parts.ts';
import { podDefaultsConflicts, validatePodDefaults } from '../../spark/pod-defaults/validate.ts';
import type { AdmissionRequest } from '../review/admission-request.ts';
import { changesSpec } from '../review/changes-spec.ts';
import { openParts, protoKey, verdictOf } from '../review/judgement.ts';
import { reviewedObject } from '../review/reviewed-object.ts';
import { type Review, untouched } from '../review/verdict.ts';
import type { Scope } from '../scope.ts';

/** What the review of SparkPodDefaults reads. */
export interface PodDefaultsWorld {
  readonly scope: Scope;
  readonly operatorNamespace: string;
  readonly podDefaults: () => readonly SparkPodDefaults[];
}

/** Reviews new or changed SparkPodDefaults; tells what they and others of their namespace set differently. */
export const reviewPodDefaults =
  (world: PodDefaultsWorld): Review<AdmissionRequest> =>
  (request) => {
    const { namespace, name } = request;
    if (!world.scope.servesDefaults(namespace) || !changesSpec(request)) return untouched;
    // Typed by the CRD; its open parts are checked below.
    const object = reviewedObject(request) as SparkPodDefaults;
    const shape = openParts(checkPodDefaultsParts(object.spec), request);
    if ((shape.violations ?? []).length > 0) return verdictOf(protoKey(request), shape);
    const others = world
      .podDefaults()
      .filter(({ metadata }) => metadata.namespace === namespace && metadata.name !== name);
    return verdictOf(protoKey(request), shape, {
      violations: validatePodDefaults(object, world.operatorNamespace),
      warnings: podDefaultsConflicts(object, others),
    });
  };

import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import type { Violation } from '../validation/violation.ts';
import { applicationChecks } from './checks/as-application.ts';
import type { Check } from './checks/check.ts';
import { hadoopKeyPrefixed, keyNotSpark, keyOfOneApplication, keyTwice, keyUnreadable } from './checks/conf.ts';
import { credentialInPlain } from './checks/credentials.ts';
import { envSetBySpark, envTwice } from './checks/env.ts';
import { annotationInvalid, labelWithPlaceholder, nodeSelectorInvalid } from './checks/metadata.ts';
import {
  mountHidesSpark,
  mountPathTwice,
  mountWithoutVolume,
  volumeMountPathInvalid,
  volumeOfSpark,
  volumeSourceNotOne,
  volumeUnmounted,
} from './checks/mounts.ts';
import { namespaceSelectorElsewhere, propagateElsewhere, selectorInvalid } from './checks/scope.ts';
import { checkPodDefaultsParts } from './open-parts.ts';

export { podDefaultsConflicts } from './conflicts.ts';

/** Every rule by the name of the violation that it finds; those of applications first. */
export const podDefaultsRules: Readonly<Record<string, Check>> = {
  ...applicationChecks,
  namespaceSelectorElsewhere,
  propagateElsewhere,
  selectorInvalid,
  keyNotSpark,
  hadoopKeyPrefixed,
  keyUnreadable,
  keyTwice,
  keyOfOneApplication,
  credentialInPlain,
  envTwice,
  envSetBySpark,
  volumeMountPathInvalid,
  mountWithoutVolume,
  mountPathTwice,
  volumeUnmounted,
  volumeSourceNotOne,
  volumeOfSpark,
  mountHidesSpark,
  labelWithPlaceholder,
  nodeSelectorInvalid,
  annotationInvalid,
};

/**
 * All that is wrong with defaults; an empty list means that they can be filled in. Unknown keys inside of volumes, affinity
 * and their like are no violation: `kubectl --validate` decides what becomes of them ({@link checkPodDefaultsParts}).
 */
export function validatePodDefaults(
  { metadata, spec }: SparkPodDefaults,
  operatorNamespace: string,
): readonly Violation[] {
  const { wrong } = checkPodDefaultsParts(spec);
  // What is not of its type cannot be looked at any closer.
  if (wrong.length > 0) return wrong.map((finding) => ({ ...finding, rule: 'partOfWrongType' }));
  const place = { isOperators: metadata.namespace === operatorNamespace };
  return Object.entries(podDefaultsRules).flatMap(([rule, check]) =>
    check(spec, place).map((finding) => ({ ...finding, rule })),
  );
}

import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import type { Violation } from '../validation/violation.ts';

/** All that is wrong with defaults; an empty list means that they can be filled in. */
export const validatePodDefaults = (_object: SparkPodDefaults, _operatorNamespace: string): readonly Violation[] => [];

/** What `object` and others of its namespace both set to different values, and who wins. */
export const podDefaultsConflicts = (
  _object: SparkPodDefaults,
  _others: readonly SparkPodDefaults[],
): readonly string[] => [];

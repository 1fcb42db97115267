import type { SparkPodDefaultsSpec } from '../../../api/sparkpoddefaults.ts';
import type { Finding } from '../../validation/violation.ts';

/** Where defaults stand. */
export interface Place {
  /** True in the operator's own namespace. */
  readonly isOperators: boolean;
}

/** A pure check of one subject; an empty list means that all is well. */
export type Check = (spec: SparkPodDefaultsSpec, place: Place) => readonly Finding[];

/** Path of an entry of a map. */
export const entryPath = (field: string, key: string): string => `spec.${field}["${key}"]`;

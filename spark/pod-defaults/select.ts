import type { StringMap } from '../../api/scalars.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { matchesLabels } from './label-selector.ts';

/** For whom defaults are looked up: an application, or a pod that others submitted. */
export interface PodDefaultsSubject {
  readonly namespace: string;
  readonly namespaceLabels: StringMap;
  /** Labels of the application or pod. */
  readonly labels: StringMap;
  readonly operatorNamespace: string;
}

/**
 * The defaults that a subject gets, in order of precedence (of two that set the same, the earlier wins): those of its own
 * namespace before those of the operator's, then by name.
 */
export const selectPodDefaults = (
  all: readonly SparkPodDefaults[],
  subject: PodDefaultsSubject,
): readonly SparkPodDefaults[] =>
  all
    .filter((defaults) => isMeant(defaults, subject))
    .sort((a, b) => rank(a, subject) - rank(b, subject) || byName(a, b));

const isMeant = ({ metadata, spec }: SparkPodDefaults, subject: PodDefaultsSubject): boolean =>
  (metadata.namespace === subject.namespace || metadata.namespace === subject.operatorNamespace) &&
  matchesLabels(spec.namespaceSelector, subject.namespaceLabels) &&
  matchesLabels(spec.selector, subject.labels);

const rank = ({ metadata }: SparkPodDefaults, { namespace }: PodDefaultsSubject): number =>
  metadata.namespace === namespace ? 0 : 1;

const byName = (a: SparkPodDefaults, b: SparkPodDefaults): number => (a.metadata.name < b.metadata.name ? -1 : 1);

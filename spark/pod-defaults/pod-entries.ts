import type { SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import type { PodRole } from '../mutation/mutator.ts';
import { envEntries, envFromEntries } from './container-entries.ts';
import { annotationEntries, labelEntries } from './metadata-entries.ts';
import { mountEntries } from './mount-entries.ts';
import { affinityEntries, nodeSelectorEntries, pullSecretEntries, tolerationEntries } from './placement-entries.ts';
import type { PodEntry } from './pod-entry.ts';

const kinds: readonly ((spec: SparkPodDefaultsSpec) => readonly PodEntry[])[] = [
  mountEntries,
  envEntries,
  envFromEntries,
  affinityEntries,
  tolerationEntries,
  nodeSelectorEntries,
  labelEntries,
  annotationEntries,
  pullSecretEntries,
];

/** True if the pods of a role get the pod fields of defaults. */
export const isForRole = ({ role = 'Both' }: SparkPodDefaultsSpec, wanted: PodRole): boolean =>
  role === 'Both' || role.toLowerCase() === wanted;

/** Everything that defaults give the pods of a role, one by one. */
export const podEntries = (spec: SparkPodDefaultsSpec, role: PodRole): readonly PodEntry[] =>
  isForRole(spec, role) ? kinds.flatMap((entriesOf) => entriesOf(spec)) : [];

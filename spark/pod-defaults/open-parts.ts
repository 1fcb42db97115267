import type { SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { checkPodParts, type OpenPartFindings, type PodPartType } from '../validation/open-parts.ts';

const partTypes = {
  volumes: 'Volume[]',
  volumeMounts: 'VolumeMount[]',
  env: 'EnvVar[]',
  envFrom: 'EnvFromSource[]',
  affinity: 'Affinity',
  tolerations: 'Toleration[]',
} as const satisfies Readonly<Partial<Record<keyof SparkPodDefaultsSpec, PodPartType>>>;

/** What is wrong inside the parts of defaults that the CRD keeps as they come: unknown keys, and values of a wrong type. */
export function checkPodDefaultsParts(spec: SparkPodDefaultsSpec): OpenPartFindings {
  const fields: Readonly<Record<string, unknown>> = { ...spec };
  const parts = Object.entries(partTypes).map(([field, type]) => checkPodParts(fields[field], type, `spec.${field}`));
  return { unknown: parts.flatMap(({ unknown }) => unknown), wrong: parts.flatMap(({ wrong }) => wrong) };
}

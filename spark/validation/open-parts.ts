import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { checkPodParts, type OpenPartFindings, type PodPartType } from './pod-shape.ts';

export { checkPodParts, type OpenPartFindings, type PodPartType } from './pod-shape.ts';

/** The fields of driver and executor that hold parts of a pod. */
const rolePartTypes = {
  template: 'PodTemplateSpec',
  env: 'EnvVar[]',
  envFrom: 'EnvFromSource[]',
  volumeMounts: 'VolumeMount[]',
  affinity: 'Affinity',
  tolerations: 'Toleration[]',
  podSecurityContext: 'PodSecurityContext',
  securityContext: 'SecurityContext',
  sidecars: 'Container[]',
  initContainers: 'Container[]',
  dnsConfig: 'PodDNSConfig',
  hostAliases: 'HostAlias[]',
  lifecycle: 'Lifecycle',
} as const satisfies Readonly<Record<string, PodPartType>>;

/**
 * What is wrong inside the parts of a specification that the CRD keeps as they come (docs/design.md, D2). Unknown keys are
 * apart, because `kubectl --validate` decides what becomes of them; a value of a wrong type no API server can read.
 */
export function checkOpenParts(spec: SparkApplicationSpec, path = 'spec'): OpenPartFindings {
  const parts = [
    checkPodParts(spec.volumes, 'Volume[]', `${path}.volumes`),
    ...(['driver', 'executor'] as const).flatMap((role) =>
      Object.entries(rolePartTypes).map(([field, type]) =>
        checkPodParts(fieldsOf(spec[role])[field], type, `${path}.${role}.${field}`),
      ),
    ),
  ];
  return { unknown: parts.flatMap(({ unknown }) => unknown), wrong: parts.flatMap(({ wrong }) => wrong) };
}

/** As it came over the wire: neither the role nor its parts need be what their types say. */
const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

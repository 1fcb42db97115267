import type { Container, PodSpec, Volume } from '../../api/kubernetes.ts';
import type { SparkApplication, SparkPodSpec } from '../../api/sparkapplication.ts';

/** Something and the path at which the user wrote it. */
export interface Placed<T> {
  readonly field: string;
  readonly value: T;
}

/** What a user may have said about the pods of one role, wherever a pod can be described. */
export interface AccessPod {
  readonly role: 'driver' | 'executor';
  readonly path: string;
  readonly fields: SparkPodSpec;
  readonly template: Placed<PodSpec> | undefined;
  readonly containers: readonly Placed<Container>[];
  readonly volumes: readonly Placed<Volume>[];
  readonly serviceAccounts: readonly { readonly name: string; readonly field: string }[];
}

/** Both roles, with `spec.volumes` counted for each: the volumes that a role mounts are a matter of its own. */
export const accessPods = ({ spec }: SparkApplication): readonly AccessPod[] =>
  (['driver', 'executor'] as const).map((role) => {
    const fields = spec[role] ?? {};
    const path = `spec.${role}`;
    const template = fields.template?.spec;
    const at = `${path}.template.spec`;
    return {
      role,
      path,
      fields,
      template: template === undefined ? undefined : { field: at, value: template },
      containers: [
        ...placed(`${path}.sidecars`, fields.sidecars),
        ...placed(`${path}.initContainers`, fields.initContainers),
        ...placed(`${at}.containers`, template?.containers),
        ...placed(`${at}.initContainers`, template?.initContainers),
      ],
      volumes: [...placed('spec.volumes', spec.volumes), ...placed(`${at}.volumes`, template?.volumes)],
      serviceAccounts: serviceAccountsOf(path, fields, template),
    };
  });

/** A list as it came: null counts as not said. */
export const placed = <T>(field: string, list: readonly T[] | null | undefined): readonly Placed<T>[] =>
  (list ?? []).map((value, index) => ({ field: `${field}[${index}]`, value }));

/** The field wins over the template, but both are asked for: Spark's versions differ in what they overwrite. */
const serviceAccountsOf = (
  path: string,
  { serviceAccount }: SparkPodSpec,
  template: PodSpec | undefined,
): AccessPod['serviceAccounts'] =>
  [
    { name: serviceAccount ?? '', field: `${path}.serviceAccount` },
    { name: template?.serviceAccountName ?? '', field: `${path}.template.spec.serviceAccountName` },
    { name: template?.serviceAccount ?? '', field: `${path}.template.spec.serviceAccount` },
  ].filter(({ name }) => name !== '');

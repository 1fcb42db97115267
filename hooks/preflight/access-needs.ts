import type { CustomResourceDefinition } from '../crd.ts';

/** The hooks whose rights can be checked beforehand, when they run with the service account of the preflight. */
export const NEEDS = ['certificates', 'crds', 'cleanup'] as const;

export type Need = (typeof NEEDS)[number];

/** One right, as a SelfSubjectAccessReview asks for it. */
export interface Access {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** The names that the later hooks are told. Empty = that part does not run. */
export interface AccessNames {
  readonly namespace: string;
  readonly secretName: string;
  readonly configurationName: string;
}

const CONFIGURATIONS = ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'] as const;

/** The rights that the hooks need, as their files use them. */
export function accessNeeds(
  needs: readonly Need[],
  names: AccessNames,
  wanted: readonly CustomResourceDefinition[],
): readonly Access[] {
  const secret = { group: '', resource: 'secrets', namespace: names.namespace } as const;
  const configurations = (verb: string): readonly Access[] =>
    names.configurationName === ''
      ? []
      : CONFIGURATIONS.map((resource) => ({
          ...{ verb, resource, name: names.configurationName },
          group: 'admissionregistration.k8s.io',
        }));
  const named = (...verbs: readonly string[]): readonly Access[] =>
    names.secretName === '' ? [] : verbs.map((verb) => ({ ...secret, verb, name: names.secretName }));
  const definition = { group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions' } as const;
  const rights: Readonly<Record<Need, readonly Access[]>> = {
    certificates: [
      { ...secret, verb: 'create' },
      ...named('get', 'patch'),
      ...configurations('get'),
      ...configurations('patch'),
    ],
    crds: [
      { ...definition, verb: 'create' },
      ...wanted.flatMap(({ metadata: { name } }) => ['get', 'patch'].map((verb) => ({ ...definition, verb, name }))),
    ],
    cleanup: [...configurations('delete'), ...named('delete')],
  };
  return needs.flatMap((need) => rights[need]);
}

/** `patch customresourcedefinitions.apiextensions.k8s.io/name` for messages. */
export const accessText = ({ verb, group, resource, namespace, name }: Access): string =>
  [
    `${verb} ${resource}${group === '' ? '' : `.${group}`}${name === undefined ? '' : `/${name}`}`,
    ...(namespace === undefined ? [] : [`in namespace ${namespace}`]),
  ].join(' ');

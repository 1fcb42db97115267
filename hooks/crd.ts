import { resources, type Resource } from '../kube/resources.ts';

/** The part of a CustomResourceDefinition (apiextensions.k8s.io/v1) that the hooks read. */
export interface CustomResourceDefinition {
  readonly metadata: {
    readonly name: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly deletionTimestamp?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
  readonly status?: {
    readonly storedVersions?: readonly string[];
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

/** The resource, with the part of its objects that is read here. */
export const definitions: Resource<CustomResourceDefinition> = {
  group: resources.customResourceDefinitions.group,
  version: resources.customResourceDefinitions.version,
  plural: resources.customResourceDefinitions.plural,
  kind: resources.customResourceDefinitions.kind,
  namespaced: false,
};

/** What keeps the API server from serving the kind; undefined when it is served. */
export function notEstablished({ status }: CustomResourceDefinition): string | undefined {
  const conditions = status?.conditions ?? [];
  const named = conditions.find(({ type }) => type === 'NamesAccepted');
  if (named?.status === 'False') return named.message ?? 'its names are taken by another definition';
  const established = conditions.find(({ type }) => type === 'Established');
  return established?.status === 'True' ? undefined : (established?.message ?? 'not established yet');
}

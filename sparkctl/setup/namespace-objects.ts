import type { KubernetesObject, ResourceQuota, Role, RoleBinding, ServiceAccount } from '../../api/kubernetes.ts';
import type { StringMap } from '../../api/scalars.ts';
import { apiVersionOf, resources, type Resource } from '../../kube/resources.ts';
import { driverRules } from './driver-rules.ts';

/** What a team gets. */
export interface NamespaceRequest {
  readonly namespace: string;
  /** Of the drivers; also the name of the Role, of its binding and of the quota. */
  readonly serviceAccount: string;
  /** Labels that the namespace gets. */
  readonly labels: StringMap;
  /** True: the namespace is made when it is not there. */
  readonly create: boolean;
  /** `spec.hard` of a ResourceQuota; empty: none. */
  readonly quota: StringMap;
  /** Lets the operator copy the Secrets and ConfigMaps of SparkPodDefaults here; unset: the chart does, or nothing is copied. */
  readonly propagation?: Propagation | undefined;
  /** What containers without requests of their own request; empty: no LimitRange. */
  readonly defaultRequest: StringMap;
}

/** A ClusterRole of the chart that is bound namespace by namespace. */
export interface Propagation {
  readonly clusterRole: string;
  /** Of the controller. */
  readonly serviceAccount: { readonly name: string; readonly namespace: string };
}

/** One object to apply. */
export interface WantedObject {
  readonly resource: Resource;
  readonly object: KubernetesObject;
}

const LABELS = { 'app.kubernetes.io/managed-by': 'sparkctl', 'app.kubernetes.io/component': 'spark' };

/** The objects of a job namespace, in the order in which they are applied. */
export function namespaceObjects(request: NamespaceRequest): readonly WantedObject[] {
  const { namespace, serviceAccount: name, labels, create } = request;
  const metadata = { name, namespace, labels: LABELS };
  const account: ServiceAccount = { metadata };
  const role: Role = { metadata, rules: driverRules.map((rule) => structuredClone(rule)) };
  const binding: RoleBinding = {
    metadata,
    roleRef: { apiGroup: resources.roles.group, kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  };
  const labelled = create || Object.keys(labels).length > 0;
  return [
    ...(labelled ? [wanted(resources.namespaces, { metadata: { name: namespace, labels } })] : []),
    wanted(resources.serviceaccounts, account),
    wanted(resources.roles, role),
    wanted(resources.rolebindings, binding),
    ...(request.propagation === undefined ? [] : [copying(namespace, request.propagation)]),
    ...limits(request),
  ];
}

function copying(namespace: string, { clusterRole, serviceAccount }: Propagation): WantedObject {
  const binding: RoleBinding = {
    metadata: { name: clusterRole, namespace, labels: LABELS },
    roleRef: { apiGroup: resources.roles.group, kind: 'ClusterRole', name: clusterRole },
    subjects: [{ kind: 'ServiceAccount', ...serviceAccount }],
  };
  return wanted(resources.rolebindings, binding);
}

function limits({ namespace, serviceAccount: name, quota, defaultRequest }: NamespaceRequest): readonly WantedObject[] {
  const metadata = { name, namespace, labels: LABELS };
  const hard: ResourceQuota = { metadata, spec: { hard: { ...quota } } };
  const range = { metadata, spec: { limits: [{ type: 'Container', defaultRequest }] } };
  return [
    ...(Object.keys(quota).length === 0 ? [] : [wanted(resources.resourcequotas, hard)]),
    ...(Object.keys(defaultRequest).length === 0 ? [] : [wanted(resources.limitranges, range)]),
  ];
}

const wanted = (resource: Resource, object: KubernetesObject): WantedObject => ({
  resource,
  object: { apiVersion: apiVersionOf(resource), kind: resource.kind, ...object },
});

import { GROUP } from '../../api/group.ts';
import type { KubernetesObject, Role, RoleBinding, ServiceAccount } from '../../api/kubernetes.ts';
import { apiVersionOf, resources, type Resource } from '../../kube/resources.ts';
import type { ServiceAccountName } from './stored-entries.ts';

/** One object to apply. */
export interface WantedObject {
  readonly resource: Resource;
  readonly object: KubernetesObject;
}

/** ClusterRoles of the operator's chart that let people see and change the operator's kinds. */
export interface ChartRoles {
  readonly view: string;
  readonly edit: string;
}

/** What Spark users read beside the operator's kinds: how their pods fare, and what they say. */
const watchingRules = [
  { apiGroups: [''], resources: ['pods', 'pods/log', 'services', 'events'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['get', 'list', 'watch'] },
  // `sparkctl forward` opens the Spark UI of a driver.
  { apiGroups: [''], resources: ['pods/portforward'], verbs: ['create', 'get'] },
] as const;

/** The same as the chart's ClusterRoles, for clusters where they are not. */
const sparkRules = [
  {
    apiGroups: [GROUP],
    resources: ['sparkapplications', 'scheduledsparkapplications', 'sparkpoddefaults'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'],
  },
  {
    apiGroups: [GROUP],
    resources: ['sparkapplications/status', 'scheduledsparkapplications/status', 'sparkpoddefaults/status'],
    verbs: ['get'],
  },
] as const;

/** Shared by all Spark users of a namespace. */
const ROLE = 'opsparkctl-spark-user';
const LABELS = { 'app.kubernetes.io/managed-by': 'opsparkctl', 'app.kubernetes.io/component': 'spark-user' };

/**
 * The account of a Spark user and its rights in its namespace: Spark applications, their pods' logs and events. Neither Secrets
 * nor pods of its own are among them; what an application may do, its pods may, though.
 */
export function serviceAccountObjects(
  { namespace, name }: ServiceAccountName,
  chartRoles: ChartRoles | undefined,
): readonly WantedObject[] {
  const metadata = { name, namespace, labels: LABELS };
  const account: ServiceAccount = { metadata };
  const rules = [...watchingRules, ...(chartRoles === undefined ? sparkRules : [])];
  const role: Role = { metadata: { ...metadata, name: ROLE }, rules: rules.map((rule) => structuredClone(rule)) };
  const bind = (kind: 'Role' | 'ClusterRole', roleName: string): WantedObject => {
    const binding: RoleBinding = {
      metadata: { ...metadata, name: `${name}-${roleName}` },
      roleRef: { apiGroup: resources.roles.group, kind, name: roleName },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    };
    return wanted(resources.rolebindings, binding);
  };
  return [
    wanted(resources.serviceaccounts, account),
    wanted(resources.roles, role),
    bind('Role', ROLE),
    ...(chartRoles === undefined ? [] : [bind('ClusterRole', chartRoles.view), bind('ClusterRole', chartRoles.edit)]),
  ];
}

const wanted = (resource: Resource, object: KubernetesObject): WantedObject => ({
  resource,
  object: { apiVersion: apiVersionOf(resource), kind: resource.kind, ...object },
});

/** The pair of ClusterRoles of one release among those that carry the chart's label; the first release by name. */
export function chartRolesOf(clusterRoles: readonly KubernetesObject[]): ChartRoles | undefined {
  const names = clusterRoles.map(({ metadata }) => metadata?.name ?? '').toSorted();
  const edit = names.find((name) => name.endsWith('-edit') && names.includes(name.replace(/-edit$/, '-view')));
  return edit === undefined ? undefined : { edit, view: edit.replace(/-edit$/, '-view') };
}

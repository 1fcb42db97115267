import type {
  ConfigMap,
  Ingress,
  KubernetesEvent,
  KubernetesObject,
  Lease,
  MutatingWebhookConfiguration,
  Namespace,
  PersistentVolumeClaim,
  Pod,
  ResourceQuota,
  Role,
  RoleBinding,
  Secret,
  Service,
  ServiceAccount,
  SubjectAccessReview,
  ValidatingWebhookConfiguration,
} from '../api/kubernetes.ts';
import { GROUP, VERSION, VERSION_ALPHA } from '../api/group.ts';
import type { ScheduledSparkApplication } from '../api/scheduledsparkapplication.ts';
import type { SparkApplication } from '../api/sparkapplication.ts';
import type { SparkPodDefaults } from '../api/sparkpoddefaults.ts';

/** One kind of object as the API server serves it. `T` is the wire form of its objects. */
export interface Resource<T = unknown> {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** The plural in paths, also the `resource` label of metrics. */
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** Never set: it only carries `T` to the compiler, so that `client.get(resources.pods, …)` is a Pod. */
  readonly wire?: T;
}

/** `group/version` as objects carry it in `apiVersion`. */
export const apiVersionOf = ({ group, version }: Resource): string => (group === '' ? version : `${group}/${version}`);

const namespaced = <T>(group: string, version: string, plural: string, kind: string): Resource<T> => ({
  group,
  version,
  plural,
  kind,
  namespaced: true,
});

const clusterWide = <T>(group: string, version: string, plural: string, kind: string): Resource<T> => ({
  group,
  version,
  plural,
  kind,
  namespaced: false,
});

/** Every resource that a program of this project reads or writes. */
export const resources = {
  pods: namespaced<Pod>('', 'v1', 'pods', 'Pod'),
  services: namespaced<Service>('', 'v1', 'services', 'Service'),
  configmaps: namespaced<ConfigMap>('', 'v1', 'configmaps', 'ConfigMap'),
  secrets: namespaced<Secret>('', 'v1', 'secrets', 'Secret'),
  persistentvolumeclaims: namespaced<PersistentVolumeClaim>(
    '',
    'v1',
    'persistentvolumeclaims',
    'PersistentVolumeClaim',
  ),
  serviceaccounts: namespaced<ServiceAccount>('', 'v1', 'serviceaccounts', 'ServiceAccount'),
  events: namespaced<KubernetesEvent>('', 'v1', 'events', 'Event'),
  namespaces: clusterWide<Namespace>('', 'v1', 'namespaces', 'Namespace'),
  nodes: clusterWide<KubernetesObject>('', 'v1', 'nodes', 'Node'),
  leases: namespaced<Lease>('coordination.k8s.io', 'v1', 'leases', 'Lease'),
  ingresses: namespaced<Ingress>('networking.k8s.io', 'v1', 'ingresses', 'Ingress'),
  deployments: namespaced<KubernetesObject>('apps', 'v1', 'deployments', 'Deployment'),
  customResourceDefinitions: clusterWide<KubernetesObject>(
    'apiextensions.k8s.io',
    'v1',
    'customresourcedefinitions',
    'CustomResourceDefinition',
  ),
  sparkApplications: namespaced<SparkApplication>(GROUP, VERSION, 'sparkapplications', 'SparkApplication'),
  scheduledSparkApplications: namespaced<ScheduledSparkApplication>(
    GROUP,
    VERSION,
    'scheduledsparkapplications',
    'ScheduledSparkApplication',
  ),
  sparkPodDefaults: namespaced<SparkPodDefaults>(GROUP, VERSION_ALPHA, 'sparkpoddefaults', 'SparkPodDefaults'),
  resourcequotas: namespaced<ResourceQuota>('', 'v1', 'resourcequotas', 'ResourceQuota'),
  limitranges: namespaced<KubernetesObject>('', 'v1', 'limitranges', 'LimitRange'),
  roles: namespaced<Role>('rbac.authorization.k8s.io', 'v1', 'roles', 'Role'),
  clusterroles: clusterWide<KubernetesObject>('rbac.authorization.k8s.io', 'v1', 'clusterroles', 'ClusterRole'),
  rolebindings: namespaced<RoleBinding>('rbac.authorization.k8s.io', 'v1', 'rolebindings', 'RoleBinding'),
  subjectAccessReviews: clusterWide<SubjectAccessReview>(
    'authorization.k8s.io',
    'v1',
    'subjectaccessreviews',
    'SubjectAccessReview',
  ),
  mutatingWebhookConfigurations: clusterWide<MutatingWebhookConfiguration>(
    'admissionregistration.k8s.io',
    'v1',
    'mutatingwebhookconfigurations',
    'MutatingWebhookConfiguration',
  ),
  validatingWebhookConfigurations: clusterWide<ValidatingWebhookConfiguration>(
    'admissionregistration.k8s.io',
    'v1',
    'validatingwebhookconfigurations',
    'ValidatingWebhookConfiguration',
  ),
} as const;

import type { World } from '../world.ts';
import { nodeGroupsOf } from './lookup.ts';
import type { ClusterRecord, NodeGroupRecord, TemplateRecord } from './records.ts';

const time = (epochMs: number): string => new Date(epochMs).toISOString().replace('Z', '000+00:00');

const links = (world: World, kind: string, id: string): object[] => [
  { href: `${world.endpoints.containerInfra}/${kind}/${id}`, rel: 'self' },
  { href: `${world.endpoints.containerInfra.replace(/\/v1$/, '')}/${kind}/${id}`, rel: 'bookmark' },
];

/** From microversion 1.13 on the backend's id has another name. */
const stackId = (cluster: ClusterRecord, minor: number): object =>
  minor >= 13 ? { cluster_id: cluster.stackId ?? null } : { stack_id: cluster.stackId ?? null };

/** What a list says about a cluster. */
export function clusterSummary(world: World, cluster: ClusterRecord, minor: number): Record<string, unknown> {
  const groups = nodeGroupsOf(world, cluster.uuid);
  const count = (isMaster: boolean): number =>
    groups.filter(({ role }) => (role === 'master') === isMaster).reduce((sum, { nodeCount }) => sum + nodeCount, 0);
  return {
    uuid: cluster.uuid,
    name: cluster.name,
    cluster_template_id: cluster.templateId,
    keypair: cluster.keypair ?? null,
    docker_volume_size: cluster.dockerVolumeSize ?? null,
    labels: cluster.labels,
    merge_labels: false,
    node_count: count(false),
    master_count: count(true),
    status: cluster.status,
    health_status: cluster.apiAddress === undefined ? null : 'UNKNOWN',
    master_flavor_id: cluster.masterFlavorId,
    flavor_id: cluster.flavorId,
    create_timeout: cluster.createTimeout,
    ...stackId(cluster, minor),
    links: links(world, 'clusters', cluster.uuid),
  };
}

/** Everything about a cluster. `faults` is there only when it has failed. */
export function clusterDetail(world: World, cluster: ClusterRecord, minor: number): Record<string, unknown> {
  const template = world.state.templates.find(({ uuid }) => uuid === cluster.templateId);
  const summary = clusterSummary(world, cluster, minor);
  return {
    ...summary,
    ...backendView(world, cluster, summary),
    status_reason: cluster.statusReason ?? null,
    health_status_reason:
      cluster.apiAddress === undefined ? {} : { api: `The cluster ${cluster.name} is not accessible.` },
    fixed_network: cluster.fixedNetwork ?? null,
    fixed_subnet: cluster.fixedSubnet ?? null,
    floating_ip_enabled: cluster.floatingIpEnabled,
    master_lb_enabled: cluster.masterLbEnabled,
    project_id: cluster.projectId,
    user_id: cluster.userId,
    created_at: time(cluster.createdMs),
    updated_at: cluster.updatedMs === undefined ? null : time(cluster.updatedMs),
    ...labelsCompared(template?.labels ?? {}, cluster.labels),
    ...(cluster.status.endsWith('_FAILED') ? { faults: cluster.faults } : {}),
  };
}

/** What is known once the backend is done. */
function backendView(world: World, cluster: ClusterRecord, counts: Readonly<Record<string, unknown>>): object {
  const isUp = cluster.apiAddress !== undefined;
  return {
    api_address: cluster.apiAddress ?? null,
    coe_version: isUp ? (cluster.labels['kube_tag'] ?? null) : null,
    container_version: null,
    discovery_url: isUp ? `${world.endpoints.network}/discovery/${cluster.uuid}` : null,
    node_addresses: isUp ? addresses(10, counts['node_count']) : [],
    master_addresses: isUp ? addresses(200, counts['master_count']) : [],
  };
}

const addresses = (first: number, count: unknown): string[] =>
  Array.from({ length: Math.min(50, Number(count)) }, (_, index) => `10.0.0.${first + index}`);

type Labels = Readonly<Record<string, string>>;

/** How a cluster's labels differ from its template's: Magnum's three lists. */
export function labelsCompared(parent: Labels, own: Labels): Record<string, Labels> {
  const pick = (from: Labels, keep: (key: string) => boolean): Labels =>
    Object.fromEntries(Object.entries(from).filter(([key]) => keep(key)));
  return {
    labels_overridden: pick(parent, (key) => own[key] !== undefined && own[key] !== parent[key]),
    labels_added: pick(own, (key) => parent[key] === undefined),
    labels_skipped: pick(parent, (key) => own[key] === undefined),
  };
}

export const templateView = (world: World, template: TemplateRecord): object => ({
  uuid: template.uuid,
  name: template.name,
  coe: 'kubernetes',
  image_id: template.imageId,
  flavor_id: template.flavorId,
  master_flavor_id: template.masterFlavorId,
  keypair_id: template.keypair ?? null,
  external_network_id: template.externalNetworkId,
  network_driver: 'calico',
  volume_driver: null,
  docker_storage_driver: 'overlay2',
  docker_volume_size: null,
  server_type: 'vm',
  cluster_distro: world.settings.drivers === 'heat' ? 'fedora-coreos' : 'ubuntu',
  dns_nameserver: null,
  fixed_network: null,
  fixed_subnet: null,
  floating_ip_enabled: template.floatingIpEnabled,
  master_lb_enabled: template.masterLbEnabled,
  tls_disabled: false,
  registry_enabled: false,
  insecure_registry: null,
  apiserver_port: null,
  http_proxy: null,
  https_proxy: null,
  no_proxy: null,
  labels: template.labels,
  tags: null,
  public: template.isPublic,
  hidden: template.hidden,
  project_id: template.projectId,
  user_id: template.projectId,
  created_at: time(template.createdMs),
  updated_at: null,
  links: links(world, 'clustertemplates', template.uuid),
});

/** What a list says about a group of nodes. */
export const nodeGroupSummary = (cluster: ClusterRecord, group: NodeGroupRecord): object => ({
  uuid: group.uuid,
  name: group.name,
  flavor_id: group.flavorId,
  image_id: group.imageId,
  node_count: group.nodeCount,
  role: group.role,
  is_default: group.isDefault,
  stack_id: cluster.stackId ?? null,
  status: group.status,
  merge_labels: false,
  max_node_count: group.maxCount ?? null,
  min_node_count: group.minCount,
});

export const nodeGroupView = (world: World, cluster: ClusterRecord, group: NodeGroupRecord): object => ({
  ...nodeGroupSummary(cluster, group),
  cluster_id: cluster.uuid,
  project_id: cluster.projectId,
  docker_volume_size: null,
  labels: group.labels,
  labels_overridden: {},
  labels_added: {},
  labels_skipped: {},
  node_addresses: [],
  status_reason: group.status.endsWith('_FAILED') ? (cluster.faults[group.name] ?? null) : null,
  version: null,
  created_at: time(group.createdMs),
  updated_at: null,
  links: [
    { href: `${world.endpoints.containerInfra}/clusters/${cluster.uuid}/nodegroups/${group.uuid}`, rel: 'self' },
    {
      href: `${world.endpoints.containerInfra.replace(/\/v1$/, '')}/clusters/${cluster.uuid}/nodegroups/${group.uuid}`,
      rel: 'bookmark',
    },
  ],
});

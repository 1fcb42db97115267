/** OpenStack Magnum, API v1. Every call throws OpenStackError. */
export interface Magnum {
  /** What the service speaks, from its version document; asked once. */
  readonly versions: () => Promise<{ readonly min: Microversion; readonly max: Microversion }>;
  /** The microversion that is sent: the smaller of the server's maximum and 1.14. */
  readonly microversion: () => Promise<Microversion>;
  readonly clusterTemplates: () => Promise<readonly ClusterTemplate[]>;
  /** By name or UUID. */
  readonly clusterTemplate: (ident: string) => Promise<ClusterTemplate>;
  /** All of the project, page by page. */
  readonly clusters: () => Promise<readonly Cluster[]>;
  /** By UUID (or name: a doubled one is a Conflict). */
  readonly cluster: (ident: string) => Promise<Cluster>;
  /** Asynchronous: answers with the UUID as soon as the order is taken. Never sent twice. */
  readonly createCluster: (order: ClusterOrder) => Promise<{ readonly uuid: string }>;
  /** Asynchronous: gone when `cluster` is NotFound. */
  readonly deleteCluster: (uuid: string) => Promise<void>;
  readonly nodeGroups: (uuid: string) => Promise<readonly NodeGroup[]>;
  /** PEM of the authority that the cluster's API server and its clients are signed by. */
  readonly authority: (uuid: string) => Promise<string>;
  /** PEM of a certificate for a signing request (PEM), signed by the cluster's authority. */
  readonly sign: (uuid: string, request: string) => Promise<string>;
  /** Largest number of clusters of the project; undefined where it cannot be read. */
  readonly clusterQuota: (projectId: string) => Promise<number | undefined>;
}

export interface Microversion {
  readonly major: number;
  readonly minor: number;
}

export interface ClusterTemplate {
  readonly uuid: string;
  readonly name: string;
  readonly coe: string;
  readonly image_id: string;
  readonly flavor_id: string | null;
  readonly master_flavor_id: string | null;
  readonly keypair_id: string | null;
  readonly external_network_id?: string | null;
  readonly network_driver?: string | null;
  readonly master_lb_enabled?: boolean;
  readonly floating_ip_enabled?: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly hidden?: boolean;
  readonly public?: boolean;
  /** Recent servers: the driver's name. */
  readonly driver?: string | null;
}

/** A cluster as Magnum tells it. Lists carry fewer fields. */
export interface Cluster {
  readonly uuid: string;
  readonly name: string;
  /** `CREATE_IN_PROGRESS`, `UPDATE_COMPLETE`, `DELETE_FAILED`… */
  readonly status: string;
  readonly status_reason?: string | null;
  /** Reasons by node group, of a failed cluster. */
  readonly faults?: Readonly<Record<string, string>> | null;
  readonly health_status?: string | null;
  readonly health_status_reason?: Readonly<Record<string, string>> | null;
  readonly api_address?: string | null;
  readonly coe_version?: string | null;
  readonly cluster_template_id: string;
  readonly keypair?: string | null;
  readonly node_count: number;
  readonly master_count: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly create_timeout?: number | null;
  readonly stack_id?: string | null;
  readonly cluster_id?: string | null;
  readonly created_at?: string | null;
  readonly updated_at?: string | null;
}

/** Body of `POST /v1/clusters`. Absent fields are the template's. */
export interface ClusterOrder {
  readonly name: string;
  readonly cluster_template_id: string;
  readonly keypair?: string;
  readonly node_count?: number;
  readonly master_count?: number;
  readonly flavor_id?: string;
  readonly master_flavor_id?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly merge_labels?: boolean;
  /** Minutes. */
  readonly create_timeout?: number;
  readonly fixed_network?: string;
  readonly fixed_subnet?: string;
  readonly floating_ip_enabled?: boolean;
  readonly master_lb_enabled?: boolean;
  readonly docker_volume_size?: number;
}

export interface NodeGroup {
  readonly uuid: string;
  readonly name: string;
  readonly role: string;
  readonly flavor_id: string | null;
  readonly node_count: number;
  readonly min_node_count: number;
  readonly max_node_count: number | null;
  readonly status: string;
  readonly status_reason?: string | null;
  readonly is_default?: boolean;
  readonly node_addresses?: readonly string[];
}

/** What happens to a cluster now, and when the backend is done with it. */
export interface Operation {
  readonly kind: 'CREATE' | 'UPDATE' | 'DELETE';
  /** Epoch milliseconds; undefined = never: the backend is stuck. */
  readonly dueMs: number | undefined;
  /** How it ends; undefined = well. */
  readonly failure: ClusterFailure | undefined;
}

/** Why a cluster failed: the reason, and a fault for each group of nodes. */
export interface ClusterFailure {
  readonly reason: string;
  readonly faults: Readonly<Record<string, string>>;
}

export interface ClusterRecord {
  readonly uuid: string;
  readonly name: string;
  readonly projectId: string;
  readonly userId: string;
  readonly templateId: string;
  readonly status: string;
  readonly statusReason: string | undefined;
  readonly faults: Readonly<Record<string, string>>;
  readonly operation: Operation | undefined;
  readonly stackId: string | undefined;
  readonly createdMs: number;
  readonly updatedMs: number | undefined;
  readonly keypair: string | undefined;
  readonly masterCount: number;
  readonly flavorId: string;
  readonly masterFlavorId: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The labels as the request had them. */
  readonly ownLabels: Readonly<Record<string, string>>;
  readonly createTimeout: number;
  readonly apiAddress: string | undefined;
  readonly fixedNetwork: string | undefined;
  readonly fixedSubnet: string | undefined;
  readonly floatingIpEnabled: boolean;
  readonly masterLbEnabled: boolean;
  readonly dockerVolumeSize: number | undefined;
}

export interface NodeGroupRecord {
  readonly uuid: string;
  readonly clusterUuid: string;
  readonly name: string;
  readonly role: string;
  readonly isDefault: boolean;
  readonly nodeCount: number;
  /** What the operation under way will make of it. */
  readonly wantedCount: number;
  readonly minCount: number;
  readonly maxCount: number | undefined;
  readonly flavorId: string;
  readonly imageId: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly status: string;
  readonly createdMs: number;
}

export interface TemplateRecord {
  readonly uuid: string;
  readonly name: string;
  readonly projectId: string;
  readonly isPublic: boolean;
  readonly hidden: boolean;
  readonly imageId: string;
  readonly flavorId: string;
  readonly masterFlavorId: string;
  readonly keypair: string | undefined;
  readonly externalNetworkId: string;
  readonly masterLbEnabled: boolean;
  readonly floatingIpEnabled: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdMs: number;
}

/** What is remembered of one cluster, so that an interrupted command goes on. Names and ids only: never a secret. */
export interface ClusterState {
  readonly name: string;
  readonly uuid: string;
  /** The entry of clouds.yaml that it was made through. */
  readonly cloud: string;
  readonly projectId: string;
  readonly region: string;
  /** Hash of what was ordered; the cluster carries it as its label `opsparkctl_order`. */
  readonly order: string;
  readonly bucket?: string | undefined;
  /** The public half of its EC2 key. */
  readonly accessKey?: string | undefined;
  /** Names of the kubeconfig contexts that were written for it. */
  readonly contexts: readonly string[];
  readonly createdAt: string;
  /** What has been done, by step, with the time. */
  readonly steps: Readonly<Record<string, string>>;
}

/** One of the list replaced or added, by UUID. */
export const remember = (clusters: readonly ClusterState[], cluster: ClusterState): readonly ClusterState[] => [
  ...clusters.filter(({ uuid }) => uuid !== cluster.uuid),
  cluster,
];

/** The list without one. */
export const forget = (clusters: readonly ClusterState[], uuid: string): readonly ClusterState[] =>
  clusters.filter((cluster) => cluster.uuid !== uuid);

/** The list with one of them changed; unchanged when it is not in it. */
export const change = (
  clusters: readonly ClusterState[],
  uuid: string,
  changes: Partial<Omit<ClusterState, 'uuid'>>,
): readonly ClusterState[] => clusters.map((cluster) => (cluster.uuid === uuid ? { ...cluster, ...changes } : cluster));

/**
 * What a site writes down once so that nobody has to type it: `opsparkctl.yaml`. Flags count more; what neither says is left to
 * the cluster template, the chart, or a question.
 */
export interface SiteProfile {
  /** Entry of clouds.yaml. */
  readonly cloud?: string | undefined;
  readonly kube: KubeProfile;
  readonly spark: SparkProfile;
  readonly history: HistoryProfile;
}

/** How clusters are ordered. */
export interface KubeProfile {
  /** Name or UUID of a cluster template. */
  readonly template?: string | undefined;
  readonly nodeCount?: number | undefined;
  readonly masterCount?: number | undefined;
  readonly flavor?: string | undefined;
  readonly masterFlavor?: string | undefined;
  readonly keypair?: string | undefined;
  /** Added to the template's. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Magnum's own deadline. */
  readonly createTimeoutMinutes?: number | undefined;
}

/** How the operator is installed. */
export interface SparkProfile {
  readonly namespace?: string | undefined;
  readonly jobNamespaces?: readonly string[] | undefined;
  /** A chart instead of the one in the package: a folder, a `.tgz`, `oci://…`. */
  readonly chart?: string | undefined;
  /** Values of the chart; the flags of a command count more. */
  readonly values?: Readonly<Record<string, unknown>> | undefined;
  readonly s3: S3Profile;
}

/** Where event logs go, where the catalog does not tell it. */
export interface S3Profile {
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
  readonly bucket?: string | undefined;
  readonly pathStyle?: boolean | undefined;
}

/** How the history server is reached. */
export interface HistoryProfile {
  readonly service?: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | undefined;
  readonly ingressHost?: string | undefined;
}

/** What a site without a profile has. */
export const emptyProfile: SiteProfile = { kube: {}, spark: { s3: {} }, history: {} };

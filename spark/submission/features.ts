/** What one minor version of Spark's submission does that another does not. Data, so that no builder compares versions. */
export interface SparkFeatures {
  /** `{{APP_ID}}` is filled in in label values (annotations: always). */
  readonly labelSubstitution: boolean;
  /** `{{SPARK_VERSION}}` is filled in in the image. */
  readonly imageVersionSubstitution: boolean;
  /** `spark.driver.minMemoryOverhead` is read; otherwise 384 MiB is fixed. */
  readonly minMemoryOverhead: boolean;
  /** Container and Service carry the port `spark-connect`. */
  readonly connectPort: boolean;
  /** The Service's `spark-connect` port says `appProtocol: grpc`. */
  readonly connectAppProtocol: boolean;
  /** `mount.subPathExpr`, hostPath `options.type` and labels and annotations of claims are read. */
  readonly volumeOptions: boolean;
  /** The access mode of claims that Spark makes, unless `legacy.useReadWriteOnceAccessMode` says otherwise. */
  readonly claimAccessMode: 'ReadWriteOnce' | 'ReadWriteOncePod';
  /** `spark.kubernetes.pyspark.pythonVersion=2` is refused (later it is ignored). */
  readonly refusesPython2: boolean;
  /** `spark.kubernetes.driver.pod.excludedFeatureSteps` is read. */
  readonly excludedFeatureSteps: boolean;
  /** Spark sets `allowPrivilegeEscalation` of its containers, to false unless a property says otherwise. */
  readonly setsPrivilegeEscalation: boolean;
  /** The driver Service says `publishNotReadyAddresses`. */
  readonly publishNotReadyAddresses: boolean;
}

const spark35: SparkFeatures = {
  labelSubstitution: false,
  imageVersionSubstitution: false,
  minMemoryOverhead: false,
  connectPort: false,
  connectAppProtocol: false,
  volumeOptions: false,
  claimAccessMode: 'ReadWriteOnce',
  refusesPython2: true,
  excludedFeatureSteps: false,
  setsPrivilegeEscalation: false,
  publishNotReadyAddresses: false,
};
const spark40: SparkFeatures = {
  ...spark35,
  labelSubstitution: true,
  minMemoryOverhead: true,
  volumeOptions: true,
  claimAccessMode: 'ReadWriteOncePod',
};
const spark41: SparkFeatures = {
  ...spark40,
  imageVersionSubstitution: true,
  connectPort: true,
  refusesPython2: false,
  excludedFeatureSteps: true,
};
const spark42: SparkFeatures = { ...spark41, connectAppProtocol: true };
const spark43: SparkFeatures = { ...spark42, setsPrivilegeEscalation: true, publishNotReadyAddresses: true };

const byMinor: Readonly<Record<string, SparkFeatures>> = {
  '3.5': spark35,
  '4.0': spark40,
  '4.1': spark41,
  '4.2': spark42,
  '4.3': spark43,
};

/** The features of a version, and whether our plans were compared with what that version really builds. */
export interface FeatureLookup {
  readonly features: SparkFeatures;
  readonly tested: boolean;
}

/** Looks a version up by its minor (`4.0.1` → 4.0). Older than 3.5 reads as 3.5, anything else as the newest. */
export function featuresOf(version: string): FeatureLookup {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  const known = byMinor[`${major ?? ''}.${minor ?? ''}`];
  if (known !== undefined) return { features: known, tested: true };
  return { features: Number(major ?? 4) < 4 ? spark35 : spark43, tested: false };
}

/** The versions whose plans are tested, for messages. */
export const testedMinors: readonly string[] = Object.keys(byMinor);
